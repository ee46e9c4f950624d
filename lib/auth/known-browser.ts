// Whether a browser is one that the owner of an address has signed in with: what strangers do must not hold it up.
import { isDeviceOf } from '../db/devices'
import type { Client, Context } from './context'
import { hashToken } from './mailed-secret'

export const isKnownBrowser = async ({ db }: Context, email: string, { device }: Client): Promise<boolean> =>
  device !== null && isDeviceOf(db, email, hashToken(device))

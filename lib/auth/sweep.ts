// Deletes what has had its time, in small steps, so that no table grows for ever.

import { now as readClock } from '../clock'
import { freeTries } from '../core/sign-in-delay'
import { deleteOldAuditEvents } from '../db/audit-events'
import { deleteDeparted } from '../db/departures'
import { deleteOldDevices } from '../db/devices'
import { deleteOldEpochs } from '../db/epochs'
import { deleteExpiredLimits } from '../db/limits'
import { deleteExpiredMailedTokens } from '../db/mailed-tokens'
import { deleteOldPersonalTokens } from '../db/personal-tokens'
import { deleteOldRotations } from '../db/rotations'
import { deleteOldSessions } from '../db/sessions'
import { deleteOldFailures } from '../db/sign-in-failures'
import { deleteOldDemoUsers } from '../db/users'
import { log } from '../log'
import type { Context } from './context'

const day = 86_400_000
/** Between two sweeps, milliseconds. */
const pause = 10 * 60_000
const batch = 500
/** Each takes along whatever hangs on it. */
const departedAtOnce = 20

export const sweep = async ({ db, env, keys }: Context, now: number): Promise<void> => {
  // Rotates and retires signing keys when it is time, also where nobody comes by.
  await keys(now)
  await deleteExpiredMailedTokens(db, now)
  await deleteExpiredLimits(db, now)
  await deleteOldRotations(db, now - 30 * day)
  await deleteOldEpochs(db, now - 90 * day)
  await deleteOldPersonalTokens(db, now - 30 * day)
  await deleteOldDevices(db, now - 400 * day)
  // Fewer than make anybody wait; who goes slower than that has four tries a month.
  await deleteOldFailures(db, { upTo: freeTries, before: now - 30 * day }, now - 365 * day)
  while ((await deleteDeparted(db, now, departedAtOnce)) === departedAtOnce);
  await deleteOldDemoUsers(db, now - env.ABSOLUTE_TTL * 1000 - day)
  while ((await deleteOldSessions(db, now - 30 * day, batch)) === batch);
  await deleteOldAuditEvents(db, now - 365 * day)
}

/** Sweeps now and then for as long as the process lives, without keeping it alive. */
export const keepSweeping = (context: Context): void => {
  const run = () => sweep(context, readClock()).catch((error: unknown) => log().warn({ err: error }, 'sweep put off'))
  setInterval(run, pause).unref()
}

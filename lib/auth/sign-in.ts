// Sign-in by password. A wrong address, a wrong password and a disabled account are one answer, at one price in time.
import type { Carried } from '../core/carriers'
import { AppError } from '../core/errors'
import { findUserByEmail, replacePasswordHash } from '../db/users'
import { type Admission, admit } from './admission'
import { audit } from './audit'
import type { Client, Context } from './context'
import { spend } from './limits'

export type Credentials = { email: string; password: string; remember: boolean }

export const signIn = async (
  context: Context,
  { email, password, remember }: Credentials,
  carried: Carried,
  client: Client,
  now: number,
): Promise<Admission> => {
  const { limits, hashing, db } = context
  hashing.mustHaveRoom()
  const pair = `${email} ${client.network}`
  await spend([
    [limits.signInNetwork, client.network],
    [limits.signInPair, pair],
    [limits.signInAccount, email],
    [limits.signInOverall, 'all'],
  ])
  const found = await findUserByEmail(db, email)
  const matches = await hashing.verify(found?.passwordHash ?? null, password)
  if (!found || !matches || found.user.disabledAt !== null) {
    await audit(context, 'sign_in_failed', client, now, found ? { userId: found.user.id } : {})
    throw new AppError('invalid_credentials')
  }
  const { user, passwordHash } = found
  await limits.signInPair.reset(pair)
  await limits.signInAccount.reset(email)
  await limits.signInNetwork.reward(client.network)
  if (passwordHash !== null && hashing.isOutdated(passwordHash)) {
    await replacePasswordHash(db, user.id, passwordHash, await hashing.hash(password), now)
  }
  return admit(context, user, { amr: ['pwd'], remember }, carried, client, now)
}

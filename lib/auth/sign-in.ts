// Sign-in by password. A wrong address, a wrong password and a disabled account are one answer, at one price in time.
import type { Carried } from '../core/carriers'
import { AppError } from '../core/errors'
import { findUserByEmail, replacePasswordHash } from '../db/users'
import { type Admission, admit } from './admission'
import { audit } from './audit'
import type { Client, Context } from './context'
import { beginTry } from './password-try'

export type Credentials = { email: string; password: string; remember: boolean }

export const signIn = async (
  context: Context,
  { email, password, remember }: Credentials,
  carried: Carried,
  client: Client,
  now: number,
): Promise<Admission> => {
  const { hashing, db } = context
  hashing.mustHaveRoom()
  const tried = await beginTry(context, email, client, now)
  const { found, matches } = await tried.look(async () => {
    const found = await findUserByEmail(db, email)
    return { found, matches: await hashing.verify(found?.passwordHash ?? null, password) }
  })
  if (!found || !matches || found.user.disabledAt !== null) {
    tried.wrong(password)
    await audit(context, 'sign_in_failed', client, now, found ? { userId: found.user.id } : {})
    throw new AppError('invalid_credentials')
  }
  const { user, passwordHash } = found
  await tried.right()
  if (passwordHash !== null && hashing.isOutdated(passwordHash)) {
    await replacePasswordHash(db, user.id, passwordHash, await hashing.hash(password), now)
  }
  return admit(context, user, { amr: ['pwd'], remember }, carried, client, now)
}

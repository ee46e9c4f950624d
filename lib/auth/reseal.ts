// After a new AUTH_SECRET: secrets of authenticator apps are sealed anew, so that the old one can be taken away. Whoever does
// not sign in meanwhile keeps their app all the same.
import { listTotpSeals, replaceTotpSeal } from '../db/totp'
import { log } from '../log'
import type { Context } from './context'
import { seal, unseal } from './sealed-key'

const page = 200

/** @returns how many were sealed anew. Without AUTH_SECRET_PREVIOUS there is nothing to do. */
export const resealTotp = async ({ db, secrets }: Pick<Context, 'db' | 'secrets'>): Promise<number> => {
  if (secrets.sealing.length < 2) return 0
  let [after, renewed] = ['', 0]
  for (;;) {
    const rows = await listTotpSeals(db, after, page)
    for (const { userId, sealedSecret } of rows) {
      const { jwk, outdated } = await unseal(sealedSecret, secrets.sealing)
      if (!outdated) continue
      if (await replaceTotpSeal(db, userId, sealedSecret, await seal(jwk, secrets.sealing))) renewed++
    }
    const last = rows.at(-1)
    if (!last || rows.length < page) break
    after = last.userId
  }
  if (renewed > 0) log().info({ renewed }, 'secrets of authenticator apps sealed anew')
  return renewed
}

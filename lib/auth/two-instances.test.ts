// Two instances on one Postgres, as two machines are: what is decided by one holds at the other.
import { describe, expect, test } from 'vitest'
import { AppError } from '../core/errors'
import { mintAccessToken } from '../core/mint'
import { isRevoked } from '../core/revocations'
import { expected, goodClaims, now as tokenTime } from '../core/testing/token-forge'
import { verifyAccessToken } from '../core/token'
import { endSession } from '../db/sessions'
import { temporaryPostgres, warm } from '../db/testing/postgres-database'
import { checkSession } from './check-session'
import { refreshSession } from './refresh'
import { readSnapshot } from './revocations'
import { signUp } from './sign-up'
import { carrying, enrol, noCookies, password, sessionOf } from './testing/people'
import { newest, proofsIn, refusalOf } from './testing/records'
import { signIn } from './testing/sign-in'
import { ann, type Installation, joinInstallation, mallory, minute, second, start } from './testing/trial'
import { verifyByCode } from './verify-email'

const openTwo = async (): Promise<[Installation, Installation]> => {
  const url = await temporaryPostgres()
  const both: [Installation, Installation] = [await joinInstallation(url), await joinInstallation(url)]
  for (const { db } of both) if (db.engine === 'postgres') await warm(db)
  return both
}

/** Asks again after a 503, as a browser does: on a busy machine a statement may wait for more than its second. */
const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let i = 0; ; i++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'temporarily_unavailable') || i === 20) throw error
    }
  }
}
const many = (count: number) => Array.from({ length: count }, (_, i) => i)

describe('two instances on one Postgres', () => {
  test('agree on one signing key when both start at once, and verify each other', async () => {
    const both = await openTwo()
    const keys = await Promise.all(both.flatMap((context) => many(4).map(() => context.keys(start))))
    expect(new Set(keys.map(({ signing }) => signing.kid)).size).toBe(1)
    expect(new Set(keys.map(({ jwks }) => JSON.stringify(jwks))).size).toBe(1)
    const [one, other] = [await both[0].keys(start), await both[1].keys(start)]
    const token = await mintAccessToken(goodClaims, one.signing)
    expect(await verifyAccessToken(token, other.keyring, expected, tokenTime)).toMatchObject({ ok: true })
  })

  test('turn forty refreshes at once into one rotation and one successor', async () => {
    const [one, other] = await openTwo()
    const { sid, tokens } = await enrol(one)
    const refreshed = await Promise.all(
      many(40).map((i) => patiently(() => refreshSession(i % 2 ? one : other, tokens.refresh, ann, start + minute))),
    )
    expect(refreshed.every(({ ok }) => ok)).toBe(true)
    const successors = new Set(refreshed.map((result) => (result.ok ? result.tokens.refresh : 'none')))
    expect(successors.size).toBe(1)
    expect(successors.has(tokens.refresh)).toBe(false)
    expect(await sessionOf(other, sid)).toMatchObject({ generation: 2, parent: 1, endedAt: null })
  })

  test('find a stolen token at the other, and end the session for both', async () => {
    const [one, other] = await openTwo()
    const { sid, tokens } = await enrol(one)
    const first = await refreshSession(one, tokens.refresh, ann, start + minute)
    if (!first.ok) throw new Error('The first refresh failed')
    await refreshSession(other, first.tokens.refresh, ann, start + 2 * minute)
    const stolen = await refreshSession(other, tokens.refresh, mallory, start + 3 * minute)
    expect(stolen).toEqual({ ok: false, reason: 'reuse' })
    expect(await refreshSession(one, first.tokens.refresh, ann, start + 3 * minute)).toMatchObject({ ok: false })
    expect((await sessionOf(one, sid)).endedReason).toBe('reuse')
  })

  test('refuse in Node at once what the other has ended, and list it in the snapshot', async () => {
    const [one, other] = await openTwo()
    const { sid, user, tokens } = await enrol(one)
    expect(await checkSession(other, carrying(tokens), start)).toMatchObject({ ok: true })
    expect(await endSession(one.db, sid, 'signed_out', start + second)).toBe(true)
    expect(await checkSession(other, carrying(tokens), start + second)).toEqual({
      ok: false,
      reason: 'signed_out',
    })
    const snapshot = await readSnapshot(other, start + second)
    expect(snapshot.sequence).toBe(1)
    expect(await isRevoked(snapshot, { sid, sub: user.id, epoch: 0, iat: Math.floor(start / 1000) })).toBe(true)
  })

  test('R-5, F-33 count tries together: of fifty at once five reach the hash', async () => {
    const [one, other] = await openTwo()
    await enrol(one, { email: 'ann@example.com' })
    const tries = await Promise.all(
      many(50).map((i) =>
        refusalOf(
          signIn(
            i % 2 ? one : other,
            { email: 'ann@example.com', password: 'a wrong one', remember: false },
            noCookies,
            ann,
            start,
          ),
        ),
      ),
    )
    const counted = (code: string) => tries.filter((refusal) => refusal.code === code).length
    expect(counted('invalid_credentials')).toBeLessThanOrEqual(5)
    expect(counted('invalid_credentials') + counted('temporarily_unavailable')).toBe(5)
    expect(counted('rate_limited')).toBe(45)
  })

  test('make one account and send one mail of many sign-ups of one address', async () => {
    const both = await openTwo()
    const email = 'bob@example.com'
    const at = (i: number) => both[i % 2 ? 1 : 0]
    const pending = await Promise.all(
      many(10).map((i) => patiently(() => signUp(at(i), { name: 'Bob', email, password }, ann, start))),
    )
    const mails = both.flatMap((context) => context.mails)
    expect(mails).toHaveLength(1)
    const { code } = proofsIn(newest(mails))
    const verified = await Promise.allSettled(
      pending.map((own, i) => patiently(() => verifyByCode(at(i), code, own, noCookies, ann, start + second))),
    )
    expect(verified.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await both[0].db.q.select().from(both[0].db.t.users)).toHaveLength(1)
  })
})

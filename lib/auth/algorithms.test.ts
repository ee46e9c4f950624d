// Sessions under each algorithm: signing in, the check in Node, refreshing, and a change of JWT_ALG or of AUTH_SECRET,
// which rotates the key and signs nobody out.
import { describe, expect, test } from 'vitest'
import { algorithms } from '../core/algorithms'
import { decodeBase64url } from '../core/base64url'
import { publishAhead } from '../core/key-life'
import { readRevocations } from '../core/revocations'
import { listKeys } from '../db/signing-keys'
import { checkSession } from './check-session'
import { refreshSession } from './refresh'
import { carrying, enrol, type Person } from './testing/people'
import { refusalOf } from './testing/records'
import { ann, authSecret, joinTrial, minute, openTrial, otherSecret, second, start, type Trial } from './testing/trial'

const headerOf = (token: string): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(decodeBase64url(token.split('.')[0] ?? '') ?? new Uint8Array()))

const refreshed = async (trial: Trial, { tokens }: Pick<Person, 'tokens'>, at: number) => {
  const answer = await refreshSession(trial, tokens.refresh, ann, at)
  if (!answer.ok) throw new Error(`refused: ${answer.reason}`)
  return answer
}
const isIn = async (trial: Trial, person: Pick<Person, 'tokens'>, at: number) =>
  (await checkSession(trial, carrying(person.tokens), at)).ok
const states = async ({ db }: Trial) => (await listKeys(db)).map(({ alg, state }) => `${alg} ${state}`)

describe.each(algorithms)('%s', (JWT_ALG) => {
  test('a session is opened, checked and refreshed, and the snapshot is signed', async () => {
    const trial = await openTrial({ JWT_ALG })
    const person = await enrol(trial)
    const { keyring, signing } = await trial.keys(start)
    expect(headerOf(person.tokens.access)).toEqual({ alg: JWT_ALG, typ: 'at+jwt', kid: signing.kid })
    expect(await isIn(trial, person, start)).toBe(true)
    const later = await refreshed(trial, person, start + minute)
    expect(headerOf(later.tokens.access)).toMatchObject({ alg: JWT_ALG })
    expect(await isIn(trial, later, start + minute)).toBe(true)
    const { jwt } = await trial.snapshots(trial, start)
    expect(await readRevocations(jwt, keyring, trial.expected.issuer)).not.toBeNull()
  })

  test('only the public part is published, and of HS256 nothing', async () => {
    const { db, keys } = await openTrial({ JWT_ALG })
    const { jwks } = await keys(start)
    const [row] = await listKeys(db)
    if (JWT_ALG === 'HS256') {
      expect(jwks).toEqual({ keys: [] })
      expect(row).toMatchObject({ publicJwk: {}, sealedPrivateJwk: '' })
      return
    }
    const parts = { ES256: ['crv', 'x', 'y'], EdDSA: ['crv', 'x'], RS256: ['e', 'n'], PS256: ['e', 'n'] }[JWT_ALG]
    expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'kid', 'kty', 'use', ...parts].sort())
  })
})

describe.each(algorithms)('%s with TOKEN_ENCRYPTION', (JWT_ALG) => {
  test('a session is opened, checked and refreshed, and its cookie tells nothing', async () => {
    const trial = await openTrial({ JWT_ALG, TOKEN_ENCRYPTION: 'on' })
    const person = await enrol(trial)
    expect(headerOf(person.tokens.access)).toEqual({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
    expect(await isIn(trial, person, start)).toBe(true)
    const later = await refreshed(trial, person, start + minute)
    expect(later.tokens.access.length).toBeLessThan(2048)
    expect(await isIn(trial, later, start + minute)).toBe(true)
  })
})

describe('TOKEN_ENCRYPTION', () => {
  test('is switched on and off, and AUTH_SECRET replaced, without signing anybody out', async () => {
    const plain = await openTrial()
    const person = await enrol(plain)
    const sealing = { TOKEN_ENCRYPTION: 'on' }
    const sealed = await joinTrial(plain.dataDir, sealing)
    // Merely signed, it is still ours until it expires.
    expect(await isIn(sealed, person, start)).toBe(true)
    const later = await refreshed(sealed, person, start + minute)
    const moved = { ...sealing, AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret }
    const successor = await joinTrial(plain.dataDir, moved)
    expect(await isIn(successor, later, start + minute)).toBe(true)
    // Switched off, it is refused like one that has expired, and the next refresh gives another.
    expect(await isIn(plain, later, start + minute)).toBe(false)
    expect(await isIn(plain, await refreshed(plain, later, start + 2 * minute), start + 2 * minute)).toBe(true)
  })
})

describe('a change of JWT_ALG', () => {
  test.each(algorithms.map((alg, i) => [alg, algorithms.at(i - 1) ?? alg] as const))(
    'from %s to %s is a rotation: tokens and sessions go on',
    async (before, after) => {
      const old = await openTrial({ JWT_ALG: before })
      const person = await enrol(old)
      const at = start + second
      const trial = await joinTrial(old.dataDir, { JWT_ALG: after })
      expect(await isIn(trial, person, at)).toBe(true)
      // The new key is published and known to those of the deployment before, before it signs.
      expect(await states(trial)).toEqual([`${before} active`, `${after} next`])
      expect(headerOf((await refreshed(trial, person, at)).tokens.access)).toMatchObject({ alg: before })
      const then = at + publishAhead
      const next = await refreshed(trial, person, then)
      expect(headerOf(next.tokens.access)).toMatchObject({ alg: after })
      for (const each of [trial, old]) {
        expect(await isIn(each, person, then)).toBe(true)
        expect(await isIn(each, next, then)).toBe(true)
      }
      expect(await states(old)).toEqual([`${before} retiring`, `${after} active`])
      await trial.keys(then + 10 * minute)
      expect(await states(old)).toEqual([`${before} retired`, `${after} active`])
    },
  )

  test('back to HS256 takes the derived key up again', async () => {
    const { dataDir } = await openTrial({ JWT_ALG: 'HS256' })
    const settings = ['HS256', 'ES256', 'HS256']
    for (const [i, JWT_ALG] of settings.entries()) {
      const trial = await joinTrial(dataDir, { JWT_ALG })
      const at = start + i * 60 * minute
      await trial.keys(at)
      expect((await trial.keys(at + publishAhead)).signing.alg).toBe(JWT_ALG)
    }
  })
})

describe('HS256 and a new AUTH_SECRET', () => {
  const JWT_ALG = 'HS256'
  test('is a rotation while the one before is named', async () => {
    const old = await openTrial({ JWT_ALG })
    const person = await enrol(old)
    const settings = { JWT_ALG, AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret }
    const trial = await joinTrial(old.dataDir, settings)
    const before = await trial.keys(start + second)
    expect(headerOf(person.tokens.access).kid).toBe(before.signing.kid)
    const after = await trial.keys(start + second + publishAhead)
    expect(after.signing.kid).not.toBe(before.signing.kid)
    expect(after.keyring.size).toBe(2)
    expect(await isIn(trial, person, start + second + publishAhead)).toBe(true)
    expect(await states(trial)).toEqual(['HS256 retiring', 'HS256 active'])
  })

  test('without the one before is refused as a wrong setting', async () => {
    const old = await openTrial({ JWT_ALG })
    await old.keys(start)
    const stranger = await joinTrial(old.dataDir, { JWT_ALG, AUTH_SECRET: otherSecret })
    expect((await refusalOf(stranger.keys(start))).code).toBe('misconfigured')
    expect(await states(old)).toEqual(['HS256 active'])
  })
})

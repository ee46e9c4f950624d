// @vitest-environment edge-runtime
// The revocation snapshot: what it refuses, how it is folded, and what is no snapshot at all.
import { beforeAll, describe, expect, test } from 'vitest'
import { mintRevocations } from './mint'
import { folded, hashSid, isRevoked, mostListed, type Revocations, readRevocations, supersedes } from './revocations'
import { expected, type Forge, goodClaims, openForge, seconds } from './testing/token-forge'

const empty: Revocations = { sequence: 7, asOf: seconds, notBefore: 0, sids: new Set(), epochs: new Map() }
const good = { iss: expected.issuer, iat: seconds, seq: 7, nbf_all: 0, sids: [], epochs: {} }
let forge: Forge

beforeAll(async () => {
  forge = await openForge()
})

const signed = (claims: object, header: object = {}) =>
  forge.sign(JSON.stringify({ ...forge.header, typ: 'revocations+jwt', ...header }), JSON.stringify(claims))
const read = async (text: string) => readRevocations(text, forge.keyring, expected.issuer)

describe('a token', () => {
  test('that nothing names is not revoked', async () => {
    expect(await isRevoked(empty, goodClaims)).toBe(false)
  })

  test('of an ended session is revoked, and no other', async () => {
    const snapshot = { ...empty, sids: new Set([await hashSid(goodClaims.sid)]) }
    expect(await isRevoked(snapshot, goodClaims)).toBe(true)
    expect(await isRevoked(snapshot, { ...goodClaims, sid: 'AAAAAAAAAAAAAAAAAAAAAA' })).toBe(false)
  })

  test('whose sid was hashed before is held against each list anew', async () => {
    const claims = { ...goodClaims }
    const others = { ...empty, sids: new Set([await hashSid('AAAAAAAAAAAAAAAAAAAAAA')]) }
    expect(await isRevoked(others, claims)).toBe(false)
    expect(isRevoked({ ...empty, sids: new Set([await hashSid(claims.sid)]) }, claims)).toBe(true)
    expect(isRevoked(others, claims)).toBe(false)
  })

  test.each([
    [0, true],
    [1, true],
    [2, false],
    [3, false],
  ])('of epoch %i against a user’s epoch 2: %s', async (epoch, revoked) => {
    const snapshot = { ...empty, epochs: new Map([[goodClaims.sub, 2]]) }
    expect(await isRevoked(snapshot, { ...goodClaims, epoch })).toBe(revoked)
  })

  test.each([
    [seconds - 1, true],
    [seconds, false],
  ])('issued at %i against a not-before of now: %s', async (iat, revoked) => {
    expect(await isRevoked({ ...empty, notBefore: seconds }, { ...goodClaims, iat })).toBe(revoked)
  })
})

describe('a snapshot', () => {
  test('comes back as it was minted, by the key that signs tokens', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const snapshot = { ...empty, notBefore: 5, sids: new Set(['a', 'b']), epochs: new Map([['u', 3]]) }
    const text = await mintRevocations(snapshot, expected.issuer, { kid: 'k', alg: 'ES256', key: pair.privateKey })
    const keyring = new Map([['k', { alg: 'ES256' as const, key: pair.publicKey }]])
    expect(await readRevocations(text, keyring, expected.issuer)).toEqual(snapshot)
    expect(await readRevocations(text, forge.keyring, expected.issuer)).toBeNull()
  })

  test('holds no sid that could be read back', async () => {
    expect(await hashSid(goodClaims.sid)).not.toContain(goodClaims.sid)
    expect(await hashSid(goodClaims.sid)).toMatch(/^[A-Za-z0-9_-]{22}$/)
  })

  const foreign: [string, () => Promise<string>][] = [
    ['an access token', () => forge.token()],
    ['one of another issuer', () => signed({ ...good, iss: 'https://evil.test' })],
    ['one without a sequence', () => signed({ ...good, seq: undefined })],
    ['one with a sequence of text', () => signed({ ...good, seq: '7' })],
    ['one with a negative time', () => signed({ ...good, iat: -1 })],
    ['one whose list is no list', () => signed({ ...good, sids: 'all' })],
    ['one whose list holds numbers', () => signed({ ...good, sids: [1] })],
    ['one whose epochs are a list', () => signed({ ...good, epochs: [] })],
    ['one whose epochs hold text', () => signed({ ...good, epochs: { u: '3' } })],
    ['one of another type', () => signed(good, { typ: 'JWT' })],
    ['one signed by nobody', async () => `${(await signed(good)).split('.').slice(0, 2).join('.')}.AA`],
    ['nothing', async () => ''],
    ['garbage', async () => '<html>'],
  ]
  for (const [name, make] of foreign) {
    test(`is not ${name}`, async () => {
      expect(await read(await make())).toBeNull()
    })
  }

  test('that is well made is read', async () => {
    expect(await read(await signed(good))).toEqual(empty)
  })

  test.each([
    ['a later one', { asOf: seconds + 1 }, true],
    ['the same one', {}, true],
    ['one with a smaller sequence', { sequence: 6, asOf: seconds + 1 }, false],
    ['one of an earlier time', { asOf: seconds - 1 }, false],
    ['one with a larger sequence after the clock went back', { sequence: 8, asOf: seconds - 3600 }, true],
  ])('is replaced by %s: %o %s', (_, change, replaced) => {
    expect(supersedes({ ...empty, ...change }, empty)).toBe(replaced)
    expect(supersedes({ ...empty, ...change }, null)).toBe(true)
  })

  test('too long to list becomes a not-before: every token is renewed, nobody is signed out', () => {
    const many = new Set(Array.from({ length: mostListed + 1 }, (_, i) => String(i)))
    expect(folded({ ...empty, sids: many })).toEqual({ ...empty, notBefore: seconds })
    const few = { ...empty, sids: new Set(['a']) }
    expect(folded(few)).toBe(few)
  })

  test('with as many sessions as may be listed can still be read', async () => {
    const sids = await Promise.all(Array.from({ length: mostListed }, (_, i) => hashSid(String(i))))
    expect((await read(await signed({ ...good, sids })))?.sids.size).toBe(mostListed)
  })
})

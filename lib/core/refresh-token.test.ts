// @vitest-environment edge-runtime
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBase64url } from './base64url'
import { formatRefreshToken, isGenuineRefreshToken, parseRefreshToken } from './refresh-token'

const sid = 'AAECAwQFBgcICQoLDA0ODw'
const salt = 'c2FsdA'
const hmacKey = (fill = 7) =>
  crypto.subtle.importKey('raw', new Uint8Array(32).fill(fill), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])

const parsed = (text: string) => {
  const token = parseRefreshToken(text)
  if (!token) throw new Error('must parse')
  return token
}

describe('a refresh token', () => {
  test('comes back from its text and is genuine', async () => {
    const key = await hmacKey()
    const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(encodeBase64url)
    await fc.assert(
      fc.asyncProperty(
        id,
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.string(),
        async (anySid, generation, anySalt) => {
          const token = parsed(await formatRefreshToken(key, anySalt, anySid, generation))
          expect(token).toMatchObject({ sid: anySid, generation })
          expect(await isGenuineRefreshToken(key, anySalt, token)).toBe(true)
        },
      ),
    )
  })

  test('of one generation is always the same text, of the next another', async () => {
    const key = await hmacKey()
    const text = await formatRefreshToken(key, salt, sid, 4)
    expect(await formatRefreshToken(key, salt, sid, 4)).toBe(text)
    expect(await formatRefreshToken(key, salt, sid, 5)).not.toBe(text)
    expect(text).toMatch(/^[\w-]{22}\.4\.[\w-]{43}$/)
  })

  test.each([
    ['another generation', { generation: 5 }],
    ['another sid', { sid: 'BBECAwQFBgcICQoLDA0ODw' }],
    ['an empty mac', { mac: new Uint8Array() }],
    ['a mac of zeros', { mac: new Uint8Array(32) }],
  ])('with %s is not genuine', async (_, change) => {
    const key = await hmacKey()
    const token = parsed(await formatRefreshToken(key, salt, sid, 4))
    expect(await isGenuineRefreshToken(key, salt, { ...token, ...change })).toBe(false)
  })

  test('of another key or another salt is not genuine', async () => {
    const token = parsed(await formatRefreshToken(await hmacKey(), salt, sid, 4))
    expect(await isGenuineRefreshToken(await hmacKey(8), salt, token)).toBe(false)
    expect(await isGenuineRefreshToken(await hmacKey(), 'c2FsdB', token)).toBe(false)
  })

  test('with any bit of its mac changed is not genuine', async () => {
    const key = await hmacKey()
    const token = parsed(await formatRefreshToken(key, salt, sid, 4))
    for (let bit = 0; bit < 256; bit++) {
      const mac = token.mac.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(await isGenuineRefreshToken(key, salt, { ...token, mac })).toBe(false)
    }
  })
})

const mac = 'A'.repeat(43)
describe('J07 another spelling is no refresh token', () => {
  test.each([
    ['nothing', ''],
    ['generation 0', `${sid}.0.${mac}`],
    ['a negative generation', `${sid}.-1.${mac}`],
    ['a plus sign', `${sid}.+4.${mac}`],
    ['a leading zero', `${sid}.04.${mac}`],
    ['an exponent', `${sid}.1e3.${mac}`],
    ['hexadecimal', `${sid}.0x4.${mac}`],
    ['a fraction', `${sid}.4.0.${mac}`],
    ['2^53', `${sid}.9007199254740992.${mac}`],
    ['ten digits', `${sid}.1000000000.${mac}`],
    ['digits of another script', `${sid}.\u0664.${mac}`],
    ['no generation', `${sid}..${mac}`],
    ['a short sid', `${sid.slice(1)}.4.${mac}`],
    ['a long sid', `A${sid}.4.${mac}`],
    ['a sid with a slash', `/${sid.slice(1)}.4.${mac}`],
    ['a short mac', `${sid}.4.${mac.slice(1)}`],
    ['a long mac', `${sid}.4.A${mac}`],
    ['a mac with stray bits', `${sid}.4.${mac.slice(1)}B`],
    ['padding', `${sid}.4.${mac}=`],
    ['a fourth part', `${sid}.4.${mac}.x`],
    ['a space before', ` ${sid}.4.${mac}`],
    ['a line end after', `${sid}.4.${mac}\n`],
    ['quotes', `"${sid}.4.${mac}"`],
    ['percent encoding', `${sid}%2E4%2E${mac}`],
    ['an access token', 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA'],
  ])('%s', (_, text) => {
    expect(parseRefreshToken(text)).toBeNull()
  })
})

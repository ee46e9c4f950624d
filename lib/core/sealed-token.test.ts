// @vitest-environment edge-runtime
// Encrypted access tokens: one form, nothing of the claims in it to read, and everything else refused.

import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { describe, expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from './base64url'
import { segment, utf8 } from './forging'
import { sealAccessToken } from './mint'
import { deriveTokenSeals, openSealedToken } from './sealed-token'
import { kindAttacks } from './testing/attacks/kinds'
import { expected, goodClaims, now, openForge } from './testing/token-forge'
import { verifyAccessToken } from './token'

const secret = 'AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09o'
const before = 'zcTBvrm2s7CtqqekoZ6bmJWSj4yJhoOAfXp3dHFua2g'
const opened = (async () => {
  const seals = await deriveTokenSeals([secret, before])
  const [key, old] = seals
  if (!key || !old) throw new Error('There is no key')
  const forge = await openForge()
  const verify = (token: string, unsealWith: Uint8Array[] | undefined = seals) =>
    verifyAccessToken(token, forge.keyring, { ...expected, ...(unsealWith && { unsealWith }) }, now)
  return { key, old, forge, verify, sealed: await sealAccessToken(await forge.token(), key) }
})()

describe('an encrypted token', () => {
  test('is accepted with the claims that were signed, by this secret and the one before', async () => {
    const { forge, verify, sealed, old } = await opened
    const good = { ok: true, claims: goodClaims, kid: forge.kid }
    expect(await verify(sealed)).toEqual(good)
    expect(await verify(await sealAccessToken(await forge.token(), old))).toEqual(good)
  })

  test('has no claim to read in any of its parts, and is not compressed', async () => {
    const { sealed } = await opened
    const parts = sealed.split('.').map((part) => new TextDecoder('latin1').decode(decodeBase64url(part) ?? undefined))
    expect(JSON.parse(parts[0] ?? '')).toEqual({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
    for (const text of [goodClaims.sub, goodClaims.sid, 'member', 'eyJ', 'iss'])
      for (const part of parts) expect(part).not.toContain(text)
  })

  test('is refused where encryption is off, and one that is merely signed is still ours where it is on', async () => {
    const { forge, verify, sealed } = await opened
    expect(await verifyAccessToken(sealed, forge.keyring, expected, now)).toEqual({ ok: false, reason: 'malformed' })
    expect(await verify(await forge.token())).toMatchObject({ ok: true })
  })

  test('around a token that is no good is refused for what is wrong with that', async () => {
    const { forge, verify, key } = await opened
    const of = async (token: string) => verify(await sealAccessToken(token, key))
    expect(await of(await forge.token({ exp: 1 }))).toMatchObject({ ok: false })
    expect(await of(await (await openForge()).token())).toEqual({ ok: false, reason: 'unknown_kid' })
    const unsigned = `${segment('{"alg":"none"}')}.${segment(forge.payload())}.`
    for (const inner of [unsigned, 'x', forge.payload()])
      expect(await of(inner)).toEqual({ ok: false, reason: 'malformed' })
    // E16: one wrapping, not two.
    expect(await of(await sealAccessToken(await forge.token(), key))).toEqual({ ok: false, reason: 'malformed' })
  })
})

describe('E11–E14 another form is refused before anything is decrypted', () => {
  const headers: [string, Record<string, unknown>][] = [
    ['no cty', { alg: 'dir', enc: 'A256GCM' }],
    ['another cty', { alg: 'dir', enc: 'A256GCM', cty: 'jwt' }],
    ['zip', { alg: 'dir', enc: 'A256GCM', cty: 'JWT', zip: 'DEF' }],
    ['a kid', { alg: 'dir', enc: 'A256GCM', cty: 'JWT', kid: 'x' }],
    ['crit', { alg: 'dir', enc: 'A256GCM', cty: 'JWT', crit: ['x'], x: 1 }],
    ['A128GCM', { alg: 'dir', enc: 'A128GCM', cty: 'JWT' }],
    ['A256CBC-HS512', { alg: 'dir', enc: 'A256CBC-HS512', cty: 'JWT' }],
    ['PBES2', { alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', cty: 'JWT', p2c: 1e9, p2s: 'AAAA' }],
    ['ECDH-ES', { alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT' }],
    ['none', { alg: 'none', enc: 'A256GCM', cty: 'JWT' }],
  ]
  test.each(headers)('a header with %s', async (_, header) => {
    const { verify, sealed } = await opened
    const [, ...rest] = sealed.split('.')
    expect(await verify([segment(JSON.stringify(header)), ...rest].join('.'))).toEqual({ ok: false, reason: 'header' })
  })

  test('a header that names a member twice', async () => {
    const { verify, sealed } = await opened
    const [, ...rest] = sealed.split('.')
    const head = segment('{"alg":"none","alg":"dir","enc":"A256GCM","cty":"JWT"}')
    expect(await verify([head, ...rest].join('.'))).toEqual({ ok: false, reason: 'header' })
  })

  test('a token that our own key sealed in another form', async () => {
    const { forge, verify, key } = await opened
    const sealedAs = async (header: { alg: string; enc: string; zip?: string }) =>
      new CompactEncrypt(utf8(await forge.token())).setProtectedHeader(header).encrypt(key)
    expect(await verify(await sealedAs({ alg: 'dir', enc: 'A256GCM' }))).toEqual({ ok: false, reason: 'header' })
    expect(await verify(await sealedAs({ alg: 'A256KW', enc: 'A256GCM' }))).toMatchObject({ ok: false })
  })

  test('any byte of any part changed, cut short or left out', async () => {
    const { verify, sealed } = await opened
    const parts = sealed.split('.')
    for (const [which, text] of parts.entries()) {
      const bytes = decodeBase64url(text) ?? new Uint8Array()
      for (let at = 0; at < bytes.length; at += 5) {
        for (const changed of [bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)), bytes.slice(0, at)]) {
          const mutant = parts.map((part, i) => (i === which ? encodeBase64url(changed) : part)).join('.')
          expect((await verify(mutant)).ok).toBe(false)
        }
      }
      expect((await verify(parts.filter((_, i) => i !== which).join('.'))).ok).toBe(false)
    }
  })

  test('a tag with another spelling, a key in the second part, six parts, more than 4096 bytes', async () => {
    const { key, verify, sealed } = await opened
    const [head, , iv, body, tag] = sealed.split('.')
    expect((await verify(`${sealed}.`)).ok).toBe(false)
    expect((await verify(`${sealed} `)).ok).toBe(false)
    expect((await verify(`${head}.AAAA.${iv}.${body}.${tag}`)).ok).toBe(false)
    const large = await sealAccessToken('x'.repeat(4096), key)
    expect(await openSealedToken(large, [key])).toEqual({ ok: false, reason: 'too_large' })
  })

  test('another secret', async () => {
    const { forge, verify } = await opened
    const stranger = await sealAccessToken(await forge.token(), new Uint8Array(32))
    expect(await verify(stranger)).toEqual({ ok: false, reason: 'signature' })
  })
})

describe('the attacks of another kind are refused where encryption is on, too', () => {
  for (const { name, token } of kindAttacks) {
    test(name, async () => {
      const { forge, verify } = await opened
      expect((await verify(await token(forge))).ok).toBe(false)
    })
  }
})

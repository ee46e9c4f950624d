// @vitest-environment edge-runtime
// The same verifier and the same attacks for a key of each other algorithm; ES256 has the tables of their own files.

import { describe, expect, test } from 'vitest'
import type { Algorithm } from './algorithms'
import { partsOf, signatureOf } from './forging'
import { mintAccessToken } from './mint'
import type { Attack } from './testing/attack'
import { testAnswers } from './testing/attack-table'
import { identityAttacks, timeAttacks } from './testing/attacks/claims'
import { spellingAttacks } from './testing/attacks/encoding'
import { headerAttacks } from './testing/attacks/header'
import { kindAttacks } from './testing/attacks/kinds'
import { parsingAttacks } from './testing/attacks/parsing'
import { algorithmAttacks, signatureAttacks } from './testing/attacks/signature'
import { makeForgeKeys } from './testing/forge-keys'
import { expected, goodClaims, now, openForge } from './testing/token-forge'
import { verifyAccessToken } from './token'

const others: Algorithm[] = ['EdDSA', 'RS256', 'PS256', 'HS256']
const attacks = [
  ...algorithmAttacks,
  ...signatureAttacks,
  ...headerAttacks,
  ...spellingAttacks,
  ...parsingAttacks,
  ...kindAttacks,
  ...timeAttacks,
  ...identityAttacks,
]

/** What differs with the key: its own name is no attack, and an HMAC over a guess meets a key for HMAC. */
const answerTo =
  (alg: Algorithm) =>
  ({ name, answer }: Attack): Attack['answer'] | null => {
    if (name === `A06 alg ${alg} for our ES256 key`) return null
    if (name.startsWith('D26 ') && answer === 'signature') return 'alg'
    if (alg !== 'HS256') return answer
    // 32 bytes: there is no byte 32, and the last character has two unused bits where others have four.
    if (/^A14 .* byte (3[2-9]|[4-6]\d)$|^A12 .* of 63 bytes$/.test(name)) return null
    if (/^A0[459] HS256 .*$|^C04 spelling (4|8|12) of the signature/.test(name) && answer !== 'unknown_kid')
      return 'signature'
    return answer
  }

describe.each(others)('%s', (alg) => {
  const forge = openForge(alg)

  test('a token that the real key signed is accepted, and says so in its header', async () => {
    const { kid, signWith, verifyWith } = await makeForgeKeys(alg)
    const token = await mintAccessToken(goodClaims, { kid, alg, key: signWith })
    const keyring = new Map([[kid, { alg, key: verifyWith }]])
    expect(await verifyAccessToken(token, keyring, expected, now)).toEqual({ ok: true, claims: goodClaims, kid })
    expect(JSON.parse(atob(partsOf(token)[0]))).toEqual({ alg, typ: 'at+jwt', kid })
  })

  test('another key of ours, of any algorithm, does not open it', async () => {
    const token = await (await forge).token()
    for (const other of ['ES256', ...others] as const) {
      const { verifyWith } = await makeForgeKeys(other)
      const keyring = new Map([[(await forge).kid, { alg: other, key: verifyWith }]])
      const reason = other === alg ? 'signature' : 'alg'
      expect(await verifyAccessToken(token, keyring, expected, now)).toEqual({ ok: false, reason })
    }
  })

  testAnswers(attacks, forge, answerTo(alg))
})

test('A13 an Ed25519 signature with S + L is no other spelling', async () => {
  const { token, keyring } = await openForge('EdDSA')
  const order = (1n << 252n) + 27742317777372353535851937790883648493n
  const good = await token()
  const bytes = signatureOf(good)
  const s = [...bytes.slice(32)].reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order
  for (let i = 0; i < 32; i++) bytes[32 + i] = Number((s >> BigInt(8 * i)) & 0xffn)
  const [head, body] = partsOf(good)
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  expect(await verifyAccessToken(`${head}.${body}.${text}`, keyring, expected, now)).toMatchObject({ ok: false })
})

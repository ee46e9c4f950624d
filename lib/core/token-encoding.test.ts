// @vitest-environment edge-runtime
// Attacks on encoding and parsing: catalogue 2.C.

import { describe, expect, test } from 'vitest'
import { segment } from './forging'
import type { Attack } from './testing/attack'
import { testAttacks } from './testing/attack-table'
import { respelled, spellingAttacks } from './testing/attacks/encoding'
import { more, parsingAttacks } from './testing/attacks/parsing'
import { expected, goodClaims, now, openForge } from './testing/token-forge'
import { verifyAccessToken } from './token'

/** Around a cookie these are padding, or its end: over HTTP no token has them. */
const padding: Attack[] = [
  ['space', ' '],
  ['tab', '\t'],
  ['LF', '\n'],
  ['CR', '\r'],
].flatMap(([name, character]) => [
  respelled(`C01 ${name} after the signature`, (h, p, s) => `${h}.${p}.${s}${character}`, 'jose'),
  respelled(`C01 ${name} before the token`, (h, p, s) => `${character}${h}.${p}.${s}`),
])

describe('attacks on the spelling', () => testAttacks([...spellingAttacks, ...padding], openForge))
describe('attacks on the parser', () => testAttacks(parsingAttacks, openForge))

test('C13 a token of exactly 4096 bytes is read', async () => {
  const forge = await openForge()
  const empty = await forge.token({ x: '' })
  const room = 4096 - empty.length
  const token = await forge.token({ x: 'y'.repeat(Math.floor((room * 3) / 4)) })
  expect(token.length).toBeLessThanOrEqual(4096)
  expect(token.length).toBeGreaterThan(4090)
  expect(await verifyAccessToken(token, forge.keyring, expected, now)).toMatchObject({ ok: true })
})

test('C21 claims about prototypes change no prototype and come out nowhere', async () => {
  const forge = await openForge()
  const token = await forge.sign(
    JSON.stringify(forge.header),
    more('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}')(forge.payload()),
  )
  const verdict = await verifyAccessToken(token, forge.keyring, expected, now)
  expect(verdict).toEqual({ ok: true, claims: goodClaims, kid: forge.kid })
  expect('polluted' in {}).toBe(false)
})

test('C13, C14 what is too large or too deep is refused at once', async () => {
  const forge = await openForge()
  const huge = [
    '.'.repeat(10_000),
    'a'.repeat(5_000_000),
    `${'a'.repeat(2_000_000)}.b.c`,
    segment('['.repeat(3000)),
    '.'.repeat(4096),
  ]
  const start = performance.now()
  for (const token of huge) expect((await verifyAccessToken(token, forge.keyring, expected, now)).ok).toBe(false)
  expect(performance.now() - start).toBeLessThan(250)
})

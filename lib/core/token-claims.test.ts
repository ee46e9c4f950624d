// @vitest-environment edge-runtime
// Attacks on the claims, signed so that only the claim is wrong: catalogue 2.D.
import { describe, expect, test } from 'vitest'
import { readClaims } from './claims'
import { type Attack, attack, testAttacks } from './testing/attack-table'
import { expected, goodClaims, now, openForge, seconds } from './testing/token-forge'
import { verifyAccessToken } from './token'

const claimed = (name: string, claims: Record<string, unknown>, answer: Attack['answer'], fools?: Attack['fools']) =>
  attack(name, answer, (forge) => forge.token(claims), fools)

/** A claim given as JSON text: JSON.stringify can't write 1e999. */
const literal = (name: string, claim: string, text: string, answer: Attack['answer'], fools?: Attack['fools']) =>
  attack(
    name,
    answer,
    (forge) => {
      const { [claim]: _, ...rest } = goodClaims as Record<string, unknown>
      return forge.sign(JSON.stringify(forge.header), `${JSON.stringify(rest).slice(0, -1)},"${claim}":${text}}`)
    },
    fools,
  )

const notCounts: [string, string][] = [
  ['missing', ''],
  ['null', 'null'],
  ['true', 'true'],
  ['an array', `[${seconds}]`],
  ['a string', `"${seconds}"`],
  ['an object', '{}'],
  ['a fraction', `${seconds}.5`],
  ['1e308', '1e308'],
  ['1e999', '1e999'],
  ['-1e999', '-1e999'],
  ['2^53', '9007199254740992'],
  ['negative', '-1'],
]
const wrongCount = (row: string, claim: string): Attack[] =>
  notCounts.map(([name, text]) =>
    text === ''
      ? claimed(`${row} ${claim} missing`, { [claim]: undefined }, 'claims')
      : literal(`${row} ${claim} is ${name}`, claim, text, 'claims'),
  )

const times: Attack[] = [
  ...wrongCount('D01', 'exp'),
  claimed('D02 exp 0', { exp: 0 }, 'lifetime', 'decodeOnly'),
  claimed('D02 exp is this second', { iat: seconds - 300, exp: seconds }, 'expired', 'decodeOnly'),
  claimed('D02 exp was a second ago', { iat: seconds - 301, exp: seconds - 1 }, 'expired', 'decodeOnly'),
  claimed('D02 exp is the next second', { iat: seconds - 299, exp: seconds + 1 }, 'accepted'),
  literal('D03 exp a fraction', 'exp', `${seconds}.5e0`, 'claims'),
  literal('D03 exp 300.5 s ahead', 'exp', `${seconds + 300}.5`, 'claims', 'jose'),
  literal('D04 exp 1e308', 'exp', '1e308', 'claims', 'jose'),
  literal('D04 exp 1e999', 'exp', '1e999', 'claims', 'jose'),
  claimed('D05 exp in milliseconds', { exp: (seconds + 300) * 1000 }, 'lifetime', 'jose'),
  claimed('D06 a life one second too long', { exp: seconds + 301 }, 'lifetime', 'jose'),
  claimed('D06 a life of a year', { exp: seconds + 31_536_000 }, 'lifetime', 'jose'),
  claimed('D07 nbf in a minute', { nbf: seconds + 60 }, 'not_yet_valid'),
  claimed('D07 nbf in a second', { nbf: seconds + 1 }, 'not_yet_valid'),
  claimed('D07 nbf as a string', { nbf: `${seconds}` }, 'claims'),
  claimed('D07 nbf null', { nbf: null }, 'claims'),
  literal('D07 nbf 1e999', 'nbf', '1e999', 'claims'),
  literal('D07 nbf -1e999', 'nbf', '-1e999', 'claims', 'jose'),
  claimed('D07 nbf is this second', { nbf: seconds }, 'accepted'),
  claimed('D08 iat 61 s ahead', { iat: seconds + 61, exp: seconds + 300, auth_time: seconds }, 'not_yet_valid', 'jose'),
  claimed('D08 iat 100000 s ahead', { iat: seconds + 100_000, exp: seconds + 100_300 }, 'not_yet_valid', 'jose'),
  ...wrongCount('D09', 'iat'),
  claimed('D09 iat after exp', { iat: seconds + 50, exp: seconds + 40 }, 'lifetime', 'jose'),
  claimed('D09 iat is exp', { iat: seconds + 50, exp: seconds + 50 }, 'lifetime', 'jose'),
  ...wrongCount('D10', 'auth_time'),
  claimed('D10 auth_time older than the absolute life', { auth_time: seconds - 86_401 }, 'auth_time', 'jose'),
  claimed('D10 auth_time exactly the absolute life ago', { auth_time: seconds - 86_400 }, 'accepted'),
  claimed('D10 auth_time after iat', { auth_time: seconds + 1 }, 'auth_time', 'jose'),
  claimed('D11 a server 59 s ahead', { iat: seconds + 59, exp: seconds + 359 }, 'accepted'),
  claimed('D11 a server 60 s ahead', { iat: seconds + 60, exp: seconds + 360 }, 'accepted'),
  claimed('D11 a server 61 s ahead', { iat: seconds + 61, exp: seconds + 361 }, 'not_yet_valid'),
]

const others: [string, unknown][] = [
  ['another', 'https://evil.example'],
  ['absent', undefined],
  ['null', null],
  ['empty', ''],
  ['an object', { aud: expected.audience }],
  ['a number', 1],
  ['an empty array', []],
  ['nested in arrays', [[expected.audience]]],
  ['with a slash', `${expected.audience}/`],
  ['in upper case', expected.audience.toUpperCase()],
  ['a look-alike', expected.audience.replace('a', '\u0430')],
  ['a longer name', `${expected.audience}2`],
  ['a shorter name', expected.audience.slice(0, -1)],
]

const wrongUser: [string, unknown, Attack['fools']?][] = [
  ['a number', 42, 'jose'],
  ['an object', {}, 'jose'],
  ['null', null, 'jose'],
  ['empty', '', 'jose'],
  ['1 KB', 'x'.repeat(1024), 'jose'],
  ['admin', 'admin', 'jose'],
  ['in upper case', goodClaims.sub.toUpperCase(), 'jose'],
  ['with a line end', `${goodClaims.sub}\n`, 'jose'],
  ['an array', [goodClaims.sub], 'jose'],
]
const wrongIds: [string, unknown][] = [
  ['missing', undefined],
  ['a number', 1],
  ['empty', ''],
  ['SQL', "' OR 1=1--xxxxxxxxxxxxx"],
  ['21 characters', 'A'.repeat(21)],
  ['23 characters', 'A'.repeat(23)],
  ['with a line end', `${'A'.repeat(22)}\n`],
]
const wrongLists: [string, unknown][] = [
  ['missing', undefined],
  ['a string', 'admin'],
  ['null', null],
  ['an object', { 0: 'admin', length: 1 }],
  ['of numbers', [1]],
  ['nested', [['admin']]],
  ['with a space inside', ['ad min']],
  ['in upper case', ['ADMIN']],
]

const identities: Attack[] = [
  ...others
    .map(([name, iss]) => claimed(`D14 iss ${name}`, { iss }, 'iss', 'joseBare'))
    .filter(({ name }) => !/an object|array|a number|null/.test(name)),
  ...others
    .filter(([name]) => /an object|array|a number|null/.test(name))
    .map(([name, iss]) => claimed(`D14 iss ${name}`, { iss }, 'iss')),
  claimed('D14 iss in an array', { iss: [expected.issuer] }, 'iss'),
  ...others.map(([name, aud]) => claimed(`D15 aud ${name}`, { aud }, 'aud')),
  claimed('D16 aud of us and another', { aud: ['x', expected.audience] }, 'aud', 'jose'),
  claimed('D16 aud of us alone, in an array', { aud: [expected.audience] }, 'aud', 'jose'),
  claimed('D17 sub missing', { sub: undefined }, 'claims', 'jose'),
  ...wrongUser.map(([name, sub, fools]) => claimed(`D18 sub ${name}`, { sub }, 'claims', fools)),
  claimed('D18 sub of 10 KB', { sub: 'x'.repeat(10_240) }, 'too_large', 'jose'),
  ...(['sid', 'jti'] as const).flatMap((claim) =>
    wrongIds.map(([name, value]) => claimed(`D20 ${claim} ${name}`, { [claim]: value }, 'claims')),
  ),
  ...wrongCount('D13', 'gen'),
  claimed('D13 gen 0', { gen: 0 }, 'claims'),
  ...wrongCount('D12', 'epoch'),
  ...wrongLists.flatMap(([name, list]) => [
    claimed(`D22 roles ${name}`, { roles: list }, 'claims', 'jose'),
    claimed(`D23 amr ${name}`, { amr: list }, 'claims', 'jose'),
  ]),
  claimed('D22 10,000 roles', { roles: Array.from({ length: 10_000 }, () => 'member') }, 'too_large', 'jose'),
  claimed('D22 33 roles', { roles: Array.from({ length: 33 }, () => 'member') }, 'claims', 'jose'),
  claimed('D22 no roles', { roles: [] }, 'accepted'),
  claimed('D23 no way of authentication', { amr: [] }, 'claims', 'jose'),
  claimed('D24 cnf is ignored', { cnf: { jkt: 'x' } }, 'accepted'),
  claimed('D25 unknown claims are ignored', { isAdmin: true, permissions: ['*'] }, 'accepted', 'jose'),
]

describe('attacks on the times', () => testAttacks(times, openForge))
describe('attacks on who a token is for and from', () => testAttacks(identities, openForge))

test('D25 an unknown claim is dropped, not passed on', async () => {
  const forge = await openForge()
  const token = await forge.token({ isAdmin: true, permissions: ['*'], email: 'a@example.com' })
  expect(await verifyAccessToken(token, forge.keyring, expected, now)).toEqual({
    ok: true,
    claims: goodClaims,
    kid: forge.kid,
  })
})

test('D26 a token of another environment is refused by its key before its claims are read', async () => {
  const [ours, staging] = [await openForge(), await openForge()]
  const token = await staging.token({ iss: 'https://staging.example' })
  expect(await verifyAccessToken(token, ours.keyring, expected, now)).toEqual({ ok: false, reason: 'unknown_kid' })
})

test('a token is expired from the first millisecond of the second that exp names', async () => {
  const forge = await openForge()
  const token = await forge.token()
  const at = (milliseconds: number) => verifyAccessToken(token, forge.keyring, expected, milliseconds)
  expect(await at(goodClaims.exp * 1000 - 1)).toMatchObject({ ok: true })
  expect(await at(goodClaims.exp * 1000)).toEqual({ ok: false, reason: 'expired' })
})

test('the first rule that is broken gives the reason: a stranger learns nothing about the later ones', () => {
  const read = (claims: Record<string, unknown>) =>
    readClaims(new Map(Object.entries({ ...goodClaims, ...claims })), expected, now)
  expect(read({ iss: 'x', aud: 'x', exp: 0 })).toEqual({ ok: false, reason: 'iss' })
  expect(read({ aud: 'x', sub: 1, exp: 0 })).toEqual({ ok: false, reason: 'aud' })
  expect(read({ sub: 1, exp: 0 })).toEqual({ ok: false, reason: 'claims' })
  expect(read({})).toEqual({ ok: true, claims: goodClaims })
})

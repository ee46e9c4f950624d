// Attacks on the claims, signed so that only the claim is wrong: catalogue 2.D.
import type { AccessClaims } from '../../claims'
import { type Attack, atTheDoor, attack } from '../attack'
import { openForge } from '../token-forge'

type Changes = Record<string, unknown>
/** @param changes of the claims of a good token; `now` is the second in which it was issued */
export const claimed = (
  name: string,
  answer: Attack['answer'],
  changes: Changes | ((now: number, own: AccessClaims) => Changes),
  ...fools: Attack['fools']
): Attack =>
  attack(
    name,
    answer,
    (signer) => {
      const own = signer.claims()
      return signer.token(typeof changes === 'function' ? changes(own.iat, own) : changes)
    },
    ...fools,
  )

/** A claim given as JSON text: JSON.stringify can't write 1e999. */
const literal = (
  name: string,
  claim: string,
  text: string | ((now: number) => string),
  ...fools: Attack['fools']
): Attack =>
  attack(
    name,
    'claims',
    (signer) => {
      const { [claim]: _, ...rest }: Changes = signer.claims()
      const value = typeof text === 'function' ? text(signer.claims().iat) : text
      return signer.sign(JSON.stringify(signer.header), `${JSON.stringify(rest).slice(0, -1)},"${claim}":${value}}`)
    },
    ...fools,
  )

const notCounts: [name: string, text: string | ((now: number) => string)][] = [
  ['null', 'null'],
  ['true', 'true'],
  ['an array', (now) => `[${now}]`],
  ['a string', (now) => `"${now}"`],
  ['an object', '{}'],
  ['a fraction', (now) => `${now}.5`],
  ['1e308', '1e308'],
  ['1e999', '1e999'],
  ['-1e999', '-1e999'],
  ['2^53', '9007199254740992'],
  ['negative', '-1'],
]
const wrongCount = (id: string, claim: string): Attack[] => [
  claimed(`${id} ${claim} missing`, 'claims', { [claim]: undefined }, 'decodeOnly'),
  ...notCounts.map(([name, text]) => literal(`${id} ${claim} is ${name}`, claim, text, 'decodeOnly')),
]

/** A whole life that ends then. */
const until = (exp: number) => ({ iat: exp - 300, exp, auth_time: exp - 300 })
const month = 30 * 86_400

/** Times near a limit keep two seconds off it: the clock moves on while a request is under way. */
export const timeAttacks: Attack[] = [
  ...wrongCount('D01', 'exp'),
  claimed('D02 exp 0', 'lifetime', { exp: 0 }, 'decodeOnly'),
  claimed('D02 exp is this second', 'expired', (now) => until(now), 'decodeOnly'),
  claimed('D02 exp was a second ago', 'expired', (now) => until(now - 1), 'decodeOnly'),
  claimed('D02 exp is in ten seconds', 'accepted', (now) => until(now + 10)),
  literal('D03 exp a fraction', 'exp', (now) => `${now}.5e0`, 'decodeOnly'),
  literal('D03 exp 300.5 s ahead', 'exp', (now) => `${now + 300}.5`, 'jose'),
  literal('D04 exp 1e308', 'exp', '1e308', 'jose'),
  literal('D04 exp 1e999', 'exp', '1e999', 'jose'),
  claimed('D05 exp in milliseconds', 'lifetime', (now) => ({ exp: (now + 300) * 1000 }), 'jose'),
  claimed('D06 a life one second too long', 'lifetime', (now) => ({ exp: now + 301 }), 'jose'),
  claimed('D06 a life of a year', 'lifetime', (now) => ({ exp: now + 31_536_000 }), 'jose'),
  claimed('D07 nbf in a minute', 'not_yet_valid', (now) => ({ nbf: now + 60 }), 'decodeOnly'),
  claimed('D07 nbf as a string', 'claims', (now) => ({ nbf: `${now}` }), 'decodeOnly'),
  claimed('D07 nbf null', 'claims', { nbf: null }, 'decodeOnly'),
  literal('D07 nbf 1e999', 'nbf', '1e999', 'decodeOnly'),
  literal('D07 nbf -1e999', 'nbf', '-1e999', 'jose'),
  claimed('D07 nbf is this second', 'accepted', (now) => ({ nbf: now })),
  claimed('D08 iat 100000 s ahead', 'not_yet_valid', (now) => ({ iat: now + 100_000, exp: now + 100_300 }), 'jose'),
  ...wrongCount('D09', 'iat'),
  claimed('D09 iat after exp', 'lifetime', (now) => ({ iat: now + 50, exp: now + 40 }), 'jose'),
  claimed('D09 iat is exp', 'lifetime', (now) => ({ iat: now + 50, exp: now + 50 }), 'jose'),
  ...wrongCount('D10', 'auth_time'),
  claimed(
    'D10 auth_time older than the longest absolute life',
    'auth_time',
    (now) => ({ auth_time: now - month - 2 }),
    'jose',
  ),
  claimed('D10 auth_time after iat', 'auth_time', (now) => ({ auth_time: now + 1 }), 'jose'),
  claimed('D11 a server 58 s ahead', 'accepted', (now) => ({ iat: now + 58, exp: now + 358 })),
  claimed('D11 a server 63 s ahead', 'not_yet_valid', (now) => ({ iat: now + 63, exp: now + 363 }), 'jose'),
]

const others: [name: string, other: (own: string) => unknown][] = [
  ['another', () => 'https://evil.test'],
  ['absent', () => undefined],
  ['null', () => null],
  ['empty', () => ''],
  ['an object', (own) => ({ own })],
  ['a number', () => 1],
  ['an empty array', () => []],
  ['nested in arrays', (own) => [[own]]],
  ['with a slash', (own) => `${own}/`],
  ['in upper case', (own) => own.toUpperCase()],
  ['a look-alike', (own) => own.replace(/[ao]/, (letter) => (letter === 'a' ? '\u0430' : '\u043e'))],
  ['a longer name', (own) => `${own}2`],
  ['a shorter name', (own) => own.slice(0, -1)],
  ['with a space', (own) => `${own} `],
]

const wrongUsers: [name: string, sub: (own: string) => unknown][] = [
  ['a number', () => 42],
  ['an object', () => ({})],
  ['null', () => null],
  ['empty', () => ''],
  ['1 KB', () => 'x'.repeat(1024)],
  ['admin', () => 'admin'],
  ['in upper case', (own) => own.toUpperCase()],
  ['with a line end', (own) => `${own}\n`],
  ['in an array', (own) => [own]],
]
const wrongIds: [name: string, id: unknown][] = [
  ['missing', undefined],
  ['a number', 1],
  ['empty', ''],
  ['SQL', "' OR 1=1--xxxxxxxxxxxxx"],
  ['21 characters', 'A'.repeat(21)],
  ['23 characters', 'A'.repeat(23)],
  ['with a line end', `${'A'.repeat(22)}\n`],
  ['an object', { $ne: '' }],
]
const wrongLists: [name: string, list: unknown][] = [
  ['missing', undefined],
  ['a string', 'admin'],
  ['null', null],
  ['an object', { 0: 'admin', length: 1 }],
  ['of numbers', [1]],
  ['nested', [['admin']]],
  ['with a space inside', ['ad min']],
  ['in upper case', ['ADMIN']],
]
const roles = (count: number) => ({ roles: new Array<string>(count).fill('user') })

export const identityAttacks: Attack[] = [
  ...others.flatMap(([name, other]) => [
    claimed(`D14 iss ${name}`, 'iss', (_, { iss }) => ({ iss: other(iss) }), 'decodeOnly', 'joseBare'),
    claimed(`D15 aud ${name}`, 'aud', (_, { aud }) => ({ aud: other(aud) }), 'decodeOnly'),
  ]),
  claimed('D14 iss in an array', 'iss', (_, { iss }) => ({ iss: [iss] }), 'decodeOnly'),
  claimed('D16 aud of us and another', 'aud', (_, { aud }) => ({ aud: ['x', aud] }), 'jose'),
  claimed('D16 aud of us alone, in an array', 'aud', (_, { aud }) => ({ aud: [aud] }), 'jose'),
  claimed('D17 sub missing', 'claims', { sub: undefined }, 'jose'),
  ...wrongUsers.map(([name, wrong]) =>
    claimed(`D18 sub ${name}`, 'claims', (_, { sub }) => ({ sub: wrong(sub) }), 'jose'),
  ),
  claimed('D18 sub of 6 KB', 'too_large', { sub: 'x'.repeat(6_144) }, 'jose'),
  claimed('D18 sub of 10 KB', 'too_large', { sub: 'x'.repeat(10_240) }, 'jose'),
  ...(['sid', 'jti'] as const).flatMap((claim) =>
    wrongIds.map(([name, id]) => claimed(`D20 ${claim} ${name}`, 'claims', { [claim]: id }, 'jose')),
  ),
  ...wrongCount('D12', 'epoch'),
  ...wrongCount('D13', 'gen'),
  claimed('D13 gen 0', 'claims', { gen: 0 }, 'jose'),
  ...wrongLists.flatMap(([name, list]) => [
    claimed(`D22 roles ${name}`, 'claims', { roles: list }, 'jose'),
    claimed(`D23 amr ${name}`, 'claims', { amr: list }, 'jose'),
  ]),
  claimed('D22 no roles', 'accepted', { roles: [] }),
  claimed('D22 33 roles', 'claims', roles(33), 'jose'),
  claimed('D22 1,000 roles', 'too_large', roles(1_000), 'jose'),
  atTheDoor(claimed('D22 10,000 roles', 'too_large', roles(10_000), 'jose')),
  claimed('D23 no way of authentication', 'claims', { amr: [] }, 'jose'),
  claimed('D24 cnf of no known kind', 'accepted', { cnf: { jkt: 'x' } }),
  claimed('D25 claims that nobody knows', 'accepted', { isAdmin: true, permissions: ['*'], ok: true }, 'jose'),
  attack(
    'D26 a token of another environment',
    'unknown_kid',
    async (signer) => (await openForge()).token({ ...signer.claims() }),
    'decodeOnly',
  ),
  attack(
    'D26 a token of another environment, under our kid',
    'signature',
    async (signer) => (await openForge()).token({ ...signer.claims() }, { kid: signer.kid }),
    'decodeOnly',
  ),
]

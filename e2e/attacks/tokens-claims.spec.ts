// Attacks on the claims, signed by the app's own key so that only the claim is wrong, over HTTP: catalogue 2.D.
import { openForge } from '../../lib/core/testing/token-forge'
import { expect, type Forge, test } from '../fixtures/standing'
import { type Outcome, probe, type Row, row, testRows } from '../fixtures/token-table'

type Changes = Record<string, unknown>
const claimed = (
  name: string,
  changes: Changes | ((now: number, forge: Forge) => Changes),
  fools?: Row['fools'],
  outcome?: Outcome,
): Row =>
  row(
    name,
    (forge) => forge.token(typeof changes === 'function' ? changes(forge.claims().iat, forge) : changes),
    fools,
    outcome,
  )
const accepted = (name: string, changes: Parameters<typeof claimed>[1]): Row =>
  claimed(name, changes, undefined, 'accepted')

/** A claim given as JSON text: JSON.stringify can't write 1e999. */
const literal = (name: string, claim: string, text: string | ((now: number) => string), fools?: Row['fools']): Row =>
  row(
    name,
    (forge) => {
      const { [claim]: _, ...rest } = { ...forge.claims() } as Changes
      const value = typeof text === 'function' ? text(forge.claims().iat) : text
      return forge.sign(JSON.stringify(forge.header), `${JSON.stringify(rest).slice(0, -1)},"${claim}":${value}}`)
    },
    fools,
  )

const notCounts: [string, (now: number) => string][] = [
  ['null', () => 'null'],
  ['true', () => 'true'],
  ['an array', (now) => `[${now}]`],
  ['a string', (now) => `"${now}"`],
  ['an object', () => '{}'],
  ['a fraction', (now) => `${now}.5`],
  ['1e308', () => '1e308'],
  ['1e999', () => '1e999'],
  ['-1e999', () => '-1e999'],
  ['2^53', () => '9007199254740992'],
  ['negative', () => '-1'],
]
const wrongCount = (id: string, claim: string): Row[] => [
  claimed(`${id} ${claim} missing`, { [claim]: undefined }, 'decodeOnly'),
  ...notCounts.map(([name, text]) => literal(`${id} ${claim} is ${name}`, claim, text, 'decodeOnly')),
]

const month = 30 * 86_400

/** Times near a limit keep two seconds off it: the clock moves on while a request is under way. */
const times: Row[] = [
  ...wrongCount('D01', 'exp'),
  claimed('D02 exp 0', { exp: 0 }, 'decodeOnly'),
  claimed('D02 exp is this second', (now) => ({ iat: now - 300, exp: now, auth_time: now - 300 }), 'decodeOnly'),
  claimed('D02 exp was a second ago', (now) => ({ iat: now - 301, exp: now - 1, auth_time: now - 301 }), 'decodeOnly'),
  accepted('D02 exp is in ten seconds', (now) => ({ iat: now - 290, exp: now + 10, auth_time: now - 290 })),
  literal('D03 exp 300.5 s ahead', 'exp', (now) => `${now + 300}.5`, 'jose'),
  literal('D04 exp 1e308', 'exp', '1e308', 'jose'),
  literal('D04 exp 1e999', 'exp', '1e999', 'jose'),
  claimed('D05 exp in milliseconds', (now) => ({ exp: (now + 300) * 1000 }), 'jose'),
  claimed('D06 a life one second too long', (now) => ({ exp: now + 301 }), 'jose'),
  claimed('D06 a life of a year', (now) => ({ exp: now + 31_536_000 }), 'jose'),
  claimed('D07 nbf in a minute', (now) => ({ nbf: now + 60 }), 'decodeOnly'),
  claimed('D07 nbf as a string', (now) => ({ nbf: `${now}` }), 'decodeOnly'),
  claimed('D07 nbf null', { nbf: null }, 'decodeOnly'),
  literal('D07 nbf 1e999', 'nbf', '1e999', 'decodeOnly'),
  literal('D07 nbf -1e999', 'nbf', '-1e999', 'jose'),
  accepted('D07 nbf is this second', (now) => ({ nbf: now })),
  claimed('D08 iat 100000 s ahead', (now) => ({ iat: now + 100_000, exp: now + 100_300 }), 'jose'),
  ...wrongCount('D09', 'iat'),
  claimed('D09 iat after exp', (now) => ({ iat: now + 50, exp: now + 40 }), 'jose'),
  claimed('D09 iat is exp', (now) => ({ iat: now + 50, exp: now + 50 }), 'jose'),
  ...wrongCount('D10', 'auth_time'),
  claimed('D10 auth_time older than the longest absolute life', (now) => ({ auth_time: now - month - 2 }), 'jose'),
  claimed('D10 auth_time after iat', (now) => ({ auth_time: now + 1 }), 'jose'),
  accepted('D11 a server 58 s ahead', (now) => ({ iat: now + 58, exp: now + 358 })),
  claimed('D11 a server 63 s ahead', (now) => ({ iat: now + 63, exp: now + 363 }), 'jose'),
]

const others: [string, (own: string) => unknown][] = [
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
  ['a look-alike', (own) => own.replace('o', '\u043e')],
  ['a longer name', (own) => `${own}2`],
  ['a shorter name', (own) => own.slice(0, -1)],
  ['127.0.0.1 for localhost', (own) => own.replace('localhost', '127.0.0.1')],
  ['with a space', (own) => `${own} `],
]

const wrongUsers: [string, (own: string) => unknown][] = [
  ['a number', () => 42],
  ['an object', () => ({})],
  ['null', () => null],
  ['empty', () => ''],
  ['1 KB', () => 'x'.repeat(1024)],
  ['admin', () => 'admin'],
  ['in upper case', (own) => own.toUpperCase()],
  ['with a line end', (own) => `${own}\n`],
  ['in an array', (own) => [own]],
  ['that nobody has', () => '01890a5d-ac96-774b-bcce-b302099a8057'],
]
const wrongIds: [string, unknown][] = [
  ['missing', undefined],
  ['a number', 1],
  ['empty', ''],
  ['SQL', "' OR 1=1--xxxxxxxxxxxxx"],
  ['21 characters', 'A'.repeat(21)],
  ['23 characters', 'A'.repeat(23)],
  ['with a line end', `${'A'.repeat(22)}\n`],
  ['an object', { $ne: '' }],
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

const identities: Row[] = [
  ...others.map(([name, iss]) =>
    claimed(`D14 iss ${name}`, (_, { claims }) => ({ iss: iss(claims().iss) }), 'decodeOnly'),
  ),
  claimed('D14 iss in an array', (_, { claims }) => ({ iss: [claims().iss] }), 'decodeOnly'),
  ...others.map(([name, aud]) =>
    claimed(`D15 aud ${name}`, (_, { claims }) => ({ aud: aud(claims().aud) }), 'decodeOnly'),
  ),
  claimed('D16 aud of us and another', (_, { claims }) => ({ aud: ['x', claims().aud] }), 'jose'),
  claimed('D16 aud of us alone, in an array', (_, { claims }) => ({ aud: [claims().aud] }), 'jose'),
  claimed('D17 sub missing', { sub: undefined }, 'jose'),
  ...wrongUsers.map(([name, sub]) =>
    claimed(`D18 sub ${name}`, (_, { claims }) => ({ sub: sub(claims().sub) }), 'jose'),
  ),
  claimed('D18 sub of 6 KB', { sub: 'x'.repeat(6_144) }, 'jose'),
  ...(['sid', 'jti'] as const).flatMap((claim) =>
    wrongIds.map(([name, value]) => claimed(`D20 ${claim} ${name}`, { [claim]: value }, 'jose')),
  ),
  claimed('D20 a random sid', { sid: 'AAECAwQFBgcICQoLDA0ODw' }, 'jose'),
  claimed(
    'D20 a sid in another case',
    (_, { claims }) => ({
      sid: claims().sid.replace(/[a-z]/i, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase())),
    }),
    'jose',
  ),
  ...wrongCount('D12', 'epoch'),
  claimed('D12 an epoch ahead of the user', (_, { claims }) => ({ epoch: claims().epoch + 1 }), 'jose'),
  ...wrongCount('D13', 'gen'),
  claimed('D13 gen 0', { gen: 0 }, 'jose'),
  claimed('D13 gen ahead of the session', (_, { claims }) => ({ gen: claims().gen + 1 }), 'jose'),
  ...wrongLists.flatMap(([name, list]) => [
    claimed(`D22 roles ${name}`, { roles: list }, 'jose'),
    claimed(`D23 amr ${name}`, { amr: list }, 'jose'),
  ]),
  claimed('D22 33 roles', { roles: Array.from({ length: 33 }, () => 'user') }, 'jose'),
  claimed('D22 1,000 roles', { roles: Array.from({ length: 1_000 }, () => 'user') }, 'jose'),
  claimed('D23 no way of authentication', { amr: [] }, 'jose'),
  accepted('D24 cnf of no known kind', { cnf: { jkt: 'x' } }),
  accepted('D25 claims that nobody knows', { isAdmin: true, permissions: ['*'], ok: true }),
  row(
    'D26 a token of another environment',
    async (forge) => (await openForge()).token({ ...forge.claims() }),
    'decodeOnly',
  ),
  row(
    'D26 a token of another environment, under our kid',
    async (forge) => (await openForge()).token({ ...forge.claims() }, { kid: forge.kid }),
    'decodeOnly',
  ),
]

test.describe('attacks on the times', () => testRows(times))
test.describe('attacks on who a token is for and from', () => testRows(identities))

const sessionOf = async (standing: { port: number; forge: Forge }, changes: Changes) => {
  const { page, handler } = await probe(standing.port, [`Cookie: handstamp-at=${await standing.forge.token(changes)}`])
  expect([page.status, handler.status]).toEqual([200, 200])
  return { page: page.body, handler: handler.body }
}

test('D21 two live tokens of one jti are two looks at one session', async ({ standing }) => {
  const jti = 'EBESExQVFhcYGRobHB0eHw'
  for (let i = 0; i < 2; i++) await sessionOf(standing, { jti, exp: standing.forge.claims().iat + 200 + i })
})

test('D22 a role that only the token has is not held', async ({ standing }) => {
  const { handler } = await sessionOf(standing, { roles: ['user', 'admin'] })
  expect(handler).toContain('"roles":["user"]')
})

test('D23 how somebody signed in is what the session row says', async ({ standing }) => {
  const { handler } = await sessionOf(standing, { amr: ['pwd', 'otp'] })
  expect(handler).toContain('"amr":["pwd"]')
})

test('D25 claims that nobody knows come out nowhere', async ({ standing }) => {
  const marker = 'Marker-2d25'
  const { page, handler } = await sessionOf(standing, { isAdmin: marker, email: `${marker}@example.com`, name: marker })
  expect(`${page}${handler}`).not.toContain(marker)
})

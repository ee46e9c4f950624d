// Attacks on the claims, signed by the app's own key so that only the claim is wrong, over HTTP: catalogue 2.D.
import { identityAttacks, timeAttacks } from '../../lib/core/testing/attacks/claims'
import { otherCase } from '../../lib/core/testing/token-forge'
import { expect, type Forge, test } from '../fixtures/standing'
import { overHttp, probe, type Row, row, testRows } from '../fixtures/token-table'

type Changes = Record<string, unknown>
type Claims = ReturnType<Forge['claims']>
const claimed = (name: string, changes: (own: Claims) => Changes, fools: Row['fools'][number] = 'jose'): Row =>
  row(name, (forge) => forge.token(changes(forge.claims())), fools)

const loopback = (own: string) => own.replace('localhost', '127.0.0.1')

/** Good but for what the app knows: its own name, its users, its sessions. */
const unknown: Row[] = [
  claimed('D14 iss 127.0.0.1 for localhost', ({ iss }) => ({ iss: loopback(iss) }), 'decodeOnly'),
  claimed('D15 aud 127.0.0.1 for localhost', ({ aud }) => ({ aud: loopback(aud) }), 'decodeOnly'),
  claimed('D18 sub that nobody has', () => ({ sub: '01890a5d-ac96-774b-bcce-b302099a8057' })),
  claimed('D20 a random sid', () => ({ sid: 'AAECAwQFBgcICQoLDA0ODw' })),
  claimed('D20 a sid in another case', ({ sid }) => ({ sid: otherCase(sid) })),
  claimed('D12 an epoch ahead of the user', ({ epoch }) => ({ epoch: epoch + 1 })),
  claimed('D13 gen ahead of the session', ({ gen }) => ({ gen: gen + 1 })),
]

test.describe('attacks on the times', () => testRows(overHttp(timeAttacks)))
test.describe('attacks on who a token is for and from', () => testRows([...overHttp(identityAttacks), ...unknown]))

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

// Without TEST_HOOKS there is no hook: its address is like any other where nothing is, and nobody moves the clock.
import { randomBytes } from 'node:crypto'
import { openClient } from '../fixtures/client'
import { serverAhead } from '../fixtures/server-time'
import { expect, test } from '../fixtures/test'

const hour = 3_600_000
const path = '/__test/clock'
const body = JSON.stringify({ advance: hour })

test.use({ settings: { TEST_HOOKS: '' } })

test('the hook is an address where nothing is, to strangers and to those who are signed in', async ({
  app,
  asUser,
  client,
}) => {
  const { client: member } = await asUser()
  for (const caller of [client, member]) {
    for (const authorization of ['', 'Bearer ', `Bearer ${randomBytes(32).toString('base64url')}`]) {
      const headers = { authorization }
      const [hook, nowhere] = [await caller.post(path, body, headers), await caller.post('/no/where', body, headers)]
      const told = ({ status, headers: answered }: typeof hook, at: string) => [
        status,
        answered.get('content-type'),
        answered.get('location')?.replace(encodeURIComponent(at), '…'),
      ]
      expect(told(hook, path)).toEqual(told(nowhere, '/no/where'))
    }
    expect((await caller.get(path)).status).toBe((await caller.get('/no/where')).status)
  }
  expect(Math.abs(await serverAhead(app))).toBeLessThan(3_000)
  expect(app.output()).not.toContain('TEST_HOOKS')
})

test('a clock that a client claims neither spends a token nor revives one', async ({ session, app, network }) => {
  const [fresh, spent] = [await session({ state: 'fresh' }), await session({ state: 'access-expired' })]
  for (const offset of [hour, -hour]) {
    for (const claim of [`${offset}`, `x ${offset}`, `null ${offset}`, `undefined ${offset}`]) {
      const headers = { 'x-handstamp-clock': claim, 'X-HANDSTAMP-CLOCK': claim }
      const holds = async (access: string, at: string) => {
        const client = openClient(app.url, network)
        client.cookies.set('handstamp-at', access)
        return (await client.get(at, headers)).status
      }
      expect(await holds(fresh.tokens.access, '/nowhere')).toBe(404)
      expect(await holds(fresh.tokens.access, '/api/auth/session')).toBe(200)
      expect(await holds(spent.tokens.access, '/nowhere')).toBe(307)
      expect(await holds(spent.tokens.access, '/api/auth/session')).toBe(401)
    }
  }
})

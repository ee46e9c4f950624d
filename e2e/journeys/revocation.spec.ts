// A session that ended is refused by Node at once and by the edge within seconds, and services can read the list.
import { expect, test } from '../fixtures/test'

test('the edge refuses a token whose session ended within three seconds, Node at once', async ({ client, member }) => {
  const at = { cookie: `handstamp-at=${member.client.cookies.get('handstamp-at') ?? ''}` }
  // At an address where nothing is the edge lets a good token through to a 404, and Node asks nobody.
  const atTheEdge = async () => (await client.get('/nowhere', at)).status
  expect(await atTheEdge()).toBe(404)
  expect((await client.get('/api/auth/session', at)).status).toBe(200)
  expect((await client.post('/api/auth/sign-out', {}, at)).status).toBe(204)
  expect((await client.get('/api/auth/session', at)).status).toBe(401)
  await expect.poll(atTheEdge, { timeout: 10_000, intervals: [100] }).toBe(307)
})

test('the list is public, signed, differs by its ETag and names no sid', async ({ client, member }) => {
  const { session } = (await member.client.get('/api/auth/session')).json as { session: { id: string } }
  expect((await member.client.post('/api/auth/sign-out', {})).status).toBe(204)
  await expect
    .poll(async () => JSON.stringify(claimsOf((await client.get('/.well-known/revocations')).text).sids))
    .toMatch(/"[\w-]{22}"/)
  const answer = await client.get('/.well-known/revocations')
  expect(answer.headers.get('content-type')).toBe('application/revocations+jwt')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(JSON.stringify(claimsOf(answer.text))).not.toContain(session.id)
  const etag = answer.headers.get('etag') ?? ''
  const again = await client.get('/.well-known/revocations', { 'if-none-match': etag })
  // The same second answers 304, the next one a list of its own.
  expect([200, 304]).toContain(again.status)
  expect(again.headers.get('etag') === etag).toBe(again.status === 304)
})

const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString() || '{}')

// Tokens whose signature and claims are good, but whose session or user is not: catalogue 2.D (D12, D13, D18–D20) and
// requirement T17. The gate, which has no database, lets most of them pass; Node must not.
import { joined, partsOf, segment, signatureOf, utf8, withSignature } from '../../lib/core/forging'
import { bigint, p256, scalar } from '../../lib/core/testing/token-forge'
import { openSqlite } from '../../lib/db/sqlite'
import type { App } from '../fixtures/app'
import { openClient, signUpBy } from '../fixtures/client'
import { expect, type Forge, openForgeFor, type Standing, test } from '../fixtures/standing'
import { flawsOf, row } from '../fixtures/token-table'

/** Writes to the database past the app, as an administrator or another process would. */
const write = (app: App, sql: string, ...values: (string | number)[]): void => {
  const { driver, close } = openSqlite(app.dataDir)
  driver.prepare(sql).run(...values)
  void close()
}

const lonely = { origin: 'http://127.0.0.1:9', calls: () => 0 }

const under = (app: App, forge: Forge): Pick<Standing, 'port' | 'forge' | 'markers'> => {
  const { sub, sid } = forge.claims()
  return { port: app.port, forge, markers: [sub, sid] }
}

const isRefused = async (app: App, forge: Forge, changes: Record<string, unknown> = {}) =>
  expect(
    await flawsOf(
      row('refused', () => forge.token(changes)),
      under(app, forge),
    ),
  ).toEqual([])
const isAccepted = async (app: App, forge: Forge, changes: Record<string, unknown> = {}) =>
  expect(
    await flawsOf(
      row('accepted', () => forge.token(changes), undefined, 'accepted'),
      under(app, forge),
    ),
  ).toEqual([])

test('D12 tokens from before and after the epoch of a user are refused, and those of the new epoch too: their session is old', async ({
  app,
  member,
}) => {
  const forge = await openForgeFor(app, member.client, lonely)
  await isAccepted(app, forge)
  write(app, 'update users set epoch = 3 where id = ?', forge.claims().sub)
  for (const epoch of [0, 2, 3, 4]) await isRefused(app, forge, { epoch })
  write(app, 'update sessions set epoch = 3 where id = ?', forge.claims().sid)
  await isAccepted(app, forge, { epoch: 3 })
  for (const epoch of [0, 2, 4]) await isRefused(app, forge, { epoch })
})

test('D13 a token of the current generation or its parent passes; older and newer ones are refused', async ({
  app,
  member,
}) => {
  const forge = await openForgeFor(app, member.client, lonely)
  write(app, 'update sessions set generation = 5, parent = 4, confirmed = 4 where id = ?', forge.claims().sid)
  await isAccepted(app, forge, { gen: 5 })
  await isAccepted(app, forge, { gen: 4 })
  for (const gen of [1, 2, 3, 6, 7, 1_000_000]) await isRefused(app, forge, { gen })
})

test('D13 a parent that stays the parent after a lost response keeps its tokens, the lost generation loses them', async ({
  app,
  member,
}) => {
  const forge = await openForgeFor(app, member.client, lonely)
  write(app, 'update sessions set generation = 5, parent = 3, confirmed = 3 where id = ?', forge.claims().sid)
  await isAccepted(app, forge, { gen: 3 })
  await isRefused(app, forge, { gen: 4 })
})

test('D19 the token of a disabled user is refused at once, and good again when the user is switched on', async ({
  app,
  member,
}) => {
  const forge = await openForgeFor(app, member.client, lonely)
  await isAccepted(app, forge)
  write(app, 'update users set disabled_at = ? where id = ?', Date.now(), forge.claims().sub)
  await isRefused(app, forge)
  write(app, 'update users set disabled_at = null where id = ?', forge.claims().sub)
  await isAccepted(app, forge)
})

test('D19 the token of a deleted user is refused', async ({ app, member }) => {
  const forge = await openForgeFor(app, member.client, lonely)
  await isAccepted(app, forge)
  write(app, 'delete from users where id = ?', forge.claims().sub)
  await isRefused(app, forge)
})

test("D18, D20 another's sub with this sid, and this sub with another's sid, are refused", async ({
  app,
  member,
  mailbox,
}) => {
  const other = openClient(app.url, '10.201.0.1')
  await signUpBy(other, mailbox, `other-${Date.now()}@example.com`)
  const [mine, theirs] = [await openForgeFor(app, member.client, lonely), await openForgeFor(app, other, lonely)]
  await isAccepted(app, theirs)
  await isRefused(app, mine, { sub: theirs.claims().sub })
  await isRefused(app, mine, { sid: theirs.claims().sid })
})

const ends: [string, string, number][] = [
  ['was ended', "update sessions set ended_at = ?, ended_reason = 'signed_out' where id = ?", 0],
  ['has been idle too long', 'update sessions set idle_expires_at = ? where id = ?', -1],
  ['reached its longest time', 'update sessions set expires_at = ? where id = ?', -1],
]
for (const [name, sql, seconds] of ends) {
  test(`D20 the token of a session that ${name} is refused`, async ({ app, member }) => {
    const forge = await openForgeFor(app, member.client, lonely)
    await isAccepted(app, forge)
    write(app, sql, Date.now() + seconds * 1000, forge.claims().sid)
    await isRefused(app, forge)
  })
}

test('D20 a session that is deleted takes its tokens along', async ({ app, member }) => {
  const forge = await openForgeFor(app, member.client, lonely)
  await isAccepted(app, forge)
  write(app, 'delete from sessions where id = ?', forge.claims().sid)
  await isRefused(app, forge)
})

/** One session in many texts: some the verifier takes, some it does not; after sign-out none may work. */
const respellings = async (token: string, forge: Forge): Promise<string[]> => {
  const [h, p, s] = partsOf(token)
  const signature = signatureOf(token)
  const claims = JSON.parse(Buffer.from(p, 'base64url').toString())
  const malleated = withSignature(token, joined(signature.slice(0, 32), scalar(p256.n - bigint(signature.slice(32)))))
  const reordered = Object.fromEntries(Object.entries(claims).reverse())
  const again = (payload: object | string) =>
    forge.sign(JSON.stringify(forge.header), typeof payload === 'string' ? payload : JSON.stringify(payload))
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(s.slice(-1))
  return [
    token,
    malleated,
    ` ${token}`,
    `${token}\t`,
    ` ${malleated} `,
    ...(await Promise.all([
      again(claims),
      again(reordered),
      again(JSON.stringify(claims, null, 1)),
      again({ ...claims, jti: 'EBESExQVFhcYGRobHB0eHw' }),
      again({ ...claims, x: 1 }),
      again({ ...claims, exp: claims.exp - 1 }),
      again({ ...claims, nbf: claims.iat }),
      forge.token(),
    ])),
    `${token}=`,
    `${token}%20`,
    `${token}%0a`,
    `%65${token.slice(1)}`,
    `"${token}"`,
    `Bearer ${token}`,
    `${h}.${p}.${s.slice(0, 9)} ${s.slice(9)}`,
    ...[1, 5, 15].map((bits) => `${h}.${p}.${s.slice(0, -1)}${alphabet[last ^ bits]}`),
    `${segment(utf8(JSON.stringify({ alg: 'none' })))}.${p}.`,
  ]
}

test('T17, A11 sign-out ends a session in all of its spellings', async ({ app, member }) => {
  const { client } = member
  const forge = await openForgeFor(app, client, lonely)
  const spellings = await respellings(client.cookies.get('handstamp-at') ?? '', forge)
  expect(spellings.length).toBeGreaterThanOrEqual(20)
  const malleated = spellings[1] ?? ''
  const alive: string[] = []
  for (const text of spellings) {
    const flaws = await flawsOf(
      row('spelling', () => text, undefined, 'accepted'),
      under(app, forge),
    )
    if (flaws.length === 0) alive.push(text)
  }
  expect(alive.length).toBeGreaterThanOrEqual(10)
  expect(alive).toContain(malleated)

  const refreshCookie = client.cookies.get('handstamp-rt')
  expect((await client.post('/api/auth/sign-out', {})).status).toBe(204)
  for (const text of spellings)
    expect(
      await flawsOf(
        row('spelling', () => text),
        under(app, forge),
      ),
      text,
    ).toEqual([])
  client.cookies.set('handstamp-rt', refreshCookie ?? '')
  expect(await client.post('/api/auth/refresh', {})).toMatchObject({
    status: 401,
    json: { code: 'session_ended', reason: 'signed_out' },
  })
})

test('T17 signing out with another spelling of the token ends the session itself', async ({ app, member }) => {
  const { client } = member
  const forge = await openForgeFor(app, client, lonely)
  const [, malleated = ''] = await respellings(client.cookies.get('handstamp-at') ?? '', forge)
  const thief = openClient(app.url, '10.201.0.2')
  thief.cookies.set('handstamp-at', malleated)
  expect((await thief.post('/api/auth/sign-out', {})).status).toBe(204)
  expect((await client.get('/api/auth/session')).status).toBe(401)
  await isRefused(app, forge)
})

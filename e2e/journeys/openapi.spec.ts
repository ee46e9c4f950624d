// Walks the API description against the running app: each call is made well and made badly, and every answer must be
// one that the description has.
import { askAccount } from '../fixtures/asked/account'
import { askForgottenPassword } from '../fixtures/asked/forgotten-password'
import { askMailedCodes } from '../fixtures/asked/mailed-codes'
import { askPasskeys } from '../fixtures/asked/passkeys'
import { askProviders } from '../fixtures/asked/providers'
import { askSecondFactors } from '../fixtures/asked/second-factors'
import { type Answer, type Client, openClient, password } from '../fixtures/client'
import { type Description, openJudge } from '../fixtures/described'
import { codeIn } from '../fixtures/mailbox'
import { openLocalProvider } from '../fixtures/provider'
import { expect, test } from '../fixtures/test'

const billing = 'https://billing.example'
const provider = await openLocalProvider()
test.use({ settings: { SERVICE_AUDIENCES: billing, ...provider.settings } })
test.beforeAll(({ app }) => provider.start(app.url))
test.afterAll(() => provider.stop())
test.describe.configure({ timeout: 120_000 })

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` })
const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

test('every described call answers as it is described, asked well and asked badly', async ({
  app,
  asUser,
  client,
  address,
  mailbox,
  network,
  records,
}) => {
  const described = await fetch(`${app.url}/api/openapi.json`)
  expect(described.headers.get('access-control-allow-origin')).toBe('*')
  const description = (await described.json()) as Description
  const judge = openJudge(description)
  const seen = new Map<string, number[]>()
  const faults: string[] = []

  /** Notes an answer to a call that the description has under `path`. */
  const note = async (method: string, path: string, asked: Answer | Promise<Answer>): Promise<Answer> => {
    const answer = await asked
    const name = `${method} ${path}`
    seen.set(name, [...(seen.get(name) ?? []), answer.status])
    faults.push(...judge(path, method, answer).map((fault) => `${name} ${answer.status}: ${fault}`))
    return answer
  }
  const post = (who: Client, path: string, body: unknown = {}, headers = {}) =>
    note('post', path, who.post(path, body, headers))
  const get = (who: Client, path: string, headers = {}, query = '') => note('get', path, who.get(path + query, headers))
  const options = async (path: string) => {
    const { status, headers } = await fetch(app.url + path, { method: 'OPTIONS' })
    return note('options', path, { status, headers, text: '', json: {} })
  }

  // In.
  await post(client, '/api/auth/sign-up', { name: 'Ann Example', email: address, password })
  await post(client, '/api/auth/sign-up', { name: '', email: 'x', password: '' })
  const asked = codeIn(await mailbox.waitFor(address))
  await post(client, '/api/auth/verify-email', { code: asked === '000000' ? '000001' : '000000' })
  await post(client, '/api/auth/verify-email', { code: 'x' })
  await post(client, '/api/auth/verify-email', { token: 'x' })
  await post(client, '/api/auth/verify-email/resend')
  // A minute later, as far as the limit is concerned.
  await records.limits.mailMinute.reset(address)
  await post(client, '/api/auth/verify-email/resend')
  await post(openClient(app.url, network), '/api/auth/verify-email/resend')
  const again = openClient(app.url, network)
  const other = `other-${address}`
  await post(again, '/api/auth/sign-up', { name: 'Bob Example', email: other, password })
  await post(again, '/api/auth/verify-email', { code: codeIn(await mailbox.waitFor(other)) })
  const away = openClient(app.url, '192.0.2.77')
  await post(away, '/api/auth/sign-in', { email: other, password })
  await post(away, '/api/auth/sign-in', { email: other, password: 'wrong' })
  await post(away, '/api/auth/sign-in', `email=${encodeURIComponent(other)}&password=wrong`, form)
  await post(away, '/api/auth/sign-in', { email: 'x' })
  await post(away, '/api/auth/sign-in', '{', {})
  await post(away, '/api/auth/sign-in', 'x', { 'content-type': 'text/plain' })
  await post(away, '/api/auth/sign-in', { email: 'x'.repeat(20_000) })
  const guest = openClient(app.url, network)
  await post(guest, '/api/auth/demo')
  await post(guest, '/api/auth/demo', {}, foreign)

  // A mail about a new device, and what it offers.
  const owner = await asUser()
  await post(away, '/api/auth/sign-in', { email: owner.email, password: owner.password })
  const { text } = await mailbox.waitFor(owner.email)
  const disown = /\/not-me\/link\?token=(\S+)$/m.exec(text)?.[1]
  await post(client, '/api/auth/sessions/disown', { token: disown })
  await post(client, '/api/auth/sessions/disown', { token: 'x' })

  // Inside.
  const ann = await asUser()
  const { client: hers } = ann
  const stranger = openClient(app.url, network)
  const elsewhere = await asUser({ email: `elsewhere-${address}` })
  for (const who of [hers, stranger]) {
    await get(who, '/api/auth/session')
    await get(who, '/api/auth/sessions')
    await get(who, '/api/auth/tokens')
    await post(who, '/api/auth/token', { audience: billing })
    await post(who, '/api/auth/refresh')
    await get(who, '/api/auth/refresh', {}, '?next=/dashboard')
  }
  await post(hers, '/api/auth/token', { audience: 'https://evil.example' })
  await post(hers, '/api/auth/token', `audience=${encodeURIComponent(billing)}`, form)
  const { token, secret } = (await post(hers, '/api/auth/tokens', { name: 'nightly', audience: app.url, days: 1 })).json
  await post(hers, '/api/auth/tokens', { name: '', audience: 'x', days: 0 })
  await post(stranger, '/api/auth/tokens', { name: 'x', audience: app.url })
  const script = (await post(stranger, '/api/auth/token', { audience: app.url }, bearer(secret))).json.access_token
  await get(stranger, '/api/auth/session', bearer(script))
  const { id } = token as { id: string }
  for (const who of [stranger, elsewhere.client, hers]) {
    await post(who, '/api/auth/tokens/revoke', { id })
    await note('delete', '/api/auth/tokens/{id}', who.remove(`/api/auth/tokens/${id}`))
    await post(who, '/api/auth/sessions/rename', { id: ann.sid, name: 'Desk' })
    await post(who, '/api/auth/sessions/end-others')
  }
  await post(hers, '/api/auth/tokens/revoke', { id: 'x' })
  await note('delete', '/api/auth/tokens/{id}', hers.remove('/api/auth/tokens/x'))
  await post(hers, '/api/auth/sessions/rename', { id: ann.sid, name: 'x'.repeat(41) })
  await note('delete', '/api/auth/sessions/{id}', stranger.remove(`/api/auth/sessions/${ann.sid}`))
  await note('delete', '/api/auth/sessions/{id}', hers.remove(`/api/auth/sessions/${elsewhere.sid}`))
  await post(hers, '/api/auth/sessions/end', { id: elsewhere.sid })
  await post(hers, '/api/auth/sessions/end', { id: 'x' })
  await post(hers, '/api/auth/reauthenticate', { password: 'wrong' })
  await post(hers, '/api/auth/reauthenticate', { password: ann.password })
  await post(stranger, '/api/auth/reauthenticate', { password: ann.password })
  await post(hers, '/api/auth/password/change', { currentPassword: 'wrong', newPassword: 'violet anchor mumbles' })
  await post(hers, '/api/auth/password/change', { currentPassword: ann.password, newPassword: 'short' })
  await post(hers, '/api/auth/password/change', { currentPassword: ann.password, newPassword: 'violet anchor mumbles' })
  await post(stranger, '/api/auth/password/change', { currentPassword: 'x', newPassword: 'violet anchor mumbles' })
  const [one, two] = [await asUser(), await asUser()]
  await note('delete', '/api/auth/sessions/{id}', one.client.remove(`/api/auth/sessions/${one.sid}`))
  await post(two.client, '/api/auth/sessions/end', { id: two.sid })
  await post(elsewhere.client, '/api/auth/sign-out', {}, foreign)
  await post(elsewhere.client, '/api/auth/sign-out')

  // For everybody.
  await post(stranger, '/api/theme', { theme: 'dark' })
  await post(stranger, '/api/theme', { theme: 'pink' })
  for (const path of ['/api/health/live', '/api/health/ready', '/api/openapi.json']) await get(stranger, path)
  for (const path of ['jwks.json', 'oauth-authorization-server'].map((name) => `/.well-known/${name}`)) {
    await get(stranger, path)
    await options(path)
  }
  const list = await get(stranger, '/.well-known/revocations')
  await get(stranger, '/.well-known/revocations', { 'if-none-match': list.headers.get('etag') ?? '' })
  await get(stranger, '/.well-known/change-password')

  const means = { app, post, get, note, stranger, asUser, mailbox, network, records, known: other }
  for (const ask of [askForgottenPassword, askSecondFactors, askMailedCodes, askPasskeys, askAccount, askProviders])
    await ask(means)

  expect(faults).toEqual([])
  // And it is no judge that lets everything pass.
  const live = await stranger.get('/api/health/live')
  const doctored = [
    { ...live, status: 201 },
    { ...live, json: { status: 'dead' } },
    { ...live, json: { ...live.json, secret: 'x' } },
    { ...live, headers: new Headers({ 'content-type': 'text/html' }) },
  ]
  for (const answer of doctored) expect(judge('/api/health/live', 'get', answer)).toHaveLength(1)
  const well = (statuses: number[]) => statuses.some((status) => status < 400)
  const missing = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security, responses }]) => {
      const statuses = seen.get(`${method} ${path}`) ?? []
      const refusable = method !== 'get' || security.length > 0 || '401' in responses
      const badly = method === 'options' || !refusable || statuses.some((status) => status >= 400)
      return well(statuses) && badly ? [] : [`${method} ${path}: only ${statuses.join(', ') || 'never asked'}`]
    }),
  )
  expect(missing).toEqual([])
})

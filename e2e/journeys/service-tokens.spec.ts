// Tokens for services and scripts, as the services and scripts meet them.
import { createRemoteJWKSet } from 'jose/jwks/remote'
import { jwtVerify } from 'jose/jwt/verify'
import { hashSid } from '../../lib/core/revocations'
import type { Client } from '../fixtures/client'
import { openClient } from '../fixtures/client'
import { decode } from '../fixtures/decode'
import { expect, test } from '../fixtures/test'

const billing = 'https://billing.example'

test.use({ settings: { SERVICE_AUDIENCES: `${billing}, urn:example:reports` } })

const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` })
const tokenFor = (client: Client, audience: unknown, headers = {}) =>
  client.post('/api/auth/token', { audience }, headers)
const accessOf = async (client: Client, audience: string, headers = {}): Promise<string> =>
  String((await tokenFor(client, audience, headers)).json.access_token)
const make = async (client: Client, audience: string, name = 'nightly') =>
  (await client.post('/api/auth/tokens', { name, audience, days: 1 })).json as { secret: string; token: { id: string } }

test('a session gets a token that a service verifies with nothing but the metadata', async ({ app, asUser }) => {
  const ann = await asUser({ roles: ['user', 'accountant'] })
  const answer = await tokenFor(ann.client, billing)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(answer.json).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 300 })

  const metadata = await (await fetch(`${app.url}/.well-known/oauth-authorization-server`)).json()
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri))
  const verify = (token: string, audience: string) =>
    jwtVerify(token, keys, { issuer: metadata.issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] })
  const token = String(answer.json.access_token)
  const { payload } = await verify(token, billing)
  expect(payload).toMatchObject({
    sub: ann.user.id,
    client_id: 'handstamp',
    sid: ann.sid,
    roles: ['user', 'accountant'],
    amr: ['pwd'],
  })
  expect(Object.keys(payload)).not.toContain('email')
  await expect(verify(token, 'urn:example:reports')).rejects.toThrow()

  await ann.client.post('/api/auth/sign-out', {})
  const sids = async () =>
    (decode(await (await fetch(metadata.revocations_uri)).text()).claims as { sids: string[] }).sids
  // The list is made once a second.
  await expect.poll(sids).toContain(await hashSid(ann.sid))
})

test('any other target is invalid, also for a form; without a session there is none', async ({
  app,
  asUser,
  client,
}) => {
  const { client: ann } = await asUser()
  for (const audience of [undefined, null, '', 'https://evil.example', `${billing}/`, [billing], 5]) {
    const { status, json } = await tokenFor(ann, audience)
    expect([audience, status, json.code]).toEqual([audience, 400, 'invalid_target'])
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await ann.post('/api/auth/token', `audience=${encodeURIComponent(billing)}`, form)).status).toBe(200)
  expect((await ann.post('/api/auth/token', 'audience=x', form)).json.code).toBe('invalid_target')
  for (const headers of [{}, bearer('x'), bearer(`hsp_${'A'.repeat(43)}`)])
    expect((await tokenFor(client, billing, headers)).status).toBe(401)
  // A bearer token does not renew itself.
  expect((await tokenFor(client, billing, bearer(await accessOf(ann, app.url)))).status).toBe(403)
})

test('the metadata and the keys are for every origin to read', async ({ app }) => {
  for (const path of ['oauth-authorization-server', 'jwks.json']) {
    const answer = await fetch(`${app.url}/.well-known/${path}`, { headers: { origin: 'https://spa.example' } })
    expect([path, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([path, 200, '*'])
    expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=[0-9]+$/)
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    const asked = await fetch(`${app.url}/.well-known/${path}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://spa.example', 'access-control-request-method': 'GET' },
    })
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD'])
  }
  const metadata = await (await fetch(`${app.url}/.well-known/oauth-authorization-server`)).json()
  expect(metadata).toEqual({
    issuer: app.url,
    token_endpoint: `${app.url}/api/auth/token`,
    jwks_uri: `${app.url}/.well-known/jwks.json`,
    response_types_supported: [],
    grant_types_supported: [`${app.url}/api/auth/token#session`, `${app.url}/api/auth/token#personal-access-token`],
    token_endpoint_auth_methods_supported: ['none'],
    revocations_uri: `${app.url}/.well-known/revocations`,
  })
})

test('our own handlers take a bearer token for ourselves, and pages none', async ({ app, asUser, client }) => {
  const ann = await asUser()
  const token = await accessOf(ann.client, app.url)
  const answer = await client.get('/api/auth/session', bearer(token))
  expect([answer.status, (answer.json.user as { id: string }).id]).toEqual([200, ann.user.id])
  expect(answer.headers.getSetCookie()).toEqual([])
  expect((await client.get('/api/auth/sessions', bearer(token))).status).toBe(200)
  expect((await client.get('/dashboard', bearer(token))).status).toBe(307)
  const forbidden = ['/api/auth/sessions/end-others', '/api/auth/reauthenticate', '/api/auth/tokens', '/api/auth/token']
  for (const path of forbidden)
    expect([path, (await client.post(path, { audience: billing, name: 'x' }, bearer(token))).status]).toEqual([
      path,
      403,
    ])
  await ann.client.post('/api/auth/sign-out', {})
  expect((await client.get('/api/auth/session', bearer(token))).status).toBe(401)
})

test('two identities in one request are nobody’s', async ({ app, asUser, client }) => {
  const [ann, bob] = [await asUser(), await asUser()]
  const [hers, his] = [await accessOf(ann.client, app.url), await accessOf(bob.client, app.url)]
  expect((await ann.client.get('/api/auth/session', bearer(hers))).status).toBe(200)
  const plain = await client.get('/api/auth/session')
  const { secret } = await make(ann.client, app.url)
  for (const token of [his, 'x', secret, await accessOf(client, app.url, bearer(secret))]) {
    const mixed = await ann.client.get('/api/auth/session', bearer(token))
    expect([mixed.status, mixed.text]).toEqual([401, plain.text])
    expect(mixed.headers.get('www-authenticate')).toBe('Bearer')
    expect(mixed.headers.getSetCookie()).toEqual([])
    expect((await tokenFor(ann.client, app.url, bearer(token))).status).toBe(401)
  }
  expect((await ann.client.get('/api/auth/session')).status).toBe(200)
})

test('a personal access token is exchanged, listed with its last use, and revoked', async ({
  app,
  asUser,
  network,
}) => {
  const ann = await asUser()
  const script = openClient(app.url, network)
  const { secret, token } = await make(ann.client, billing)
  expect(secret).toMatch(/^hsp_[A-Za-z0-9_-]{43}$/)
  const first = await ann.client.get('/api/auth/tokens')
  expect(first.json).toMatchObject({ tokens: [{ id: token.id, name: 'nightly', audience: billing, lastUsedAt: null }] })
  expect(first.text).not.toContain(secret)

  const exchanged = await tokenFor(script, billing, bearer(secret))
  expect([exchanged.status, exchanged.json.token_type]).toEqual([200, 'Bearer'])
  expect(decode(String(exchanged.json.access_token)).claims).toMatchObject({
    aud: billing,
    sub: ann.user.id,
    sid: token.id,
    client_id: token.id,
    amr: ['pat'],
  })
  expect((await tokenFor(script, app.url, bearer(secret))).json.code).toBe('invalid_target')
  const [listed] = (await ann.client.get('/api/auth/tokens')).json.tokens as { lastUsedAt: string }[]
  expect(listed?.lastUsedAt).toMatch(/^20/)

  const bob = await asUser()
  expect((await bob.client.remove(`/api/auth/tokens/${token.id}`)).status).toBe(404)
  for (let i = 0; i < 2; i++) expect((await ann.client.remove(`/api/auth/tokens/${token.id}`)).status).toBe(204)
  const refused = await tokenFor(script, billing, bearer(secret))
  expect([refused.status, refused.json.code, refused.headers.get('www-authenticate')]).toEqual([
    401,
    'unauthenticated',
    'Bearer',
  ])
  expect((await ann.client.get('/api/auth/tokens')).json.tokens).toEqual([])
  expect(app.output()).not.toContain(secret)
})

test('a script asks ourselves, until its token is revoked', async ({ app, asUser, network }) => {
  const ann = await asUser()
  const script = openClient(app.url, network)
  const { secret, token } = await make(ann.client, app.url)
  const access = await accessOf(script, app.url, bearer(secret))
  const answer = await script.get('/api/auth/session', bearer(access))
  expect(answer.json).toMatchObject({ user: { id: ann.user.id }, session: null })
  for (const path of ['/api/auth/sessions', '/api/auth/tokens'])
    expect((await script.get(path, bearer(access))).status).toBe(401)
  await ann.client.remove(`/api/auth/tokens/${token.id}`)
  expect((await script.get('/api/auth/session', bearer(access))).status).toBe(401)
})

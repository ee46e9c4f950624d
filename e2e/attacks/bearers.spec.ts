// Tokens of bearers and of scripts, forged, spent and put where they do not belong: catalogue 2.A, 2.D, 2.E over HTTP.

import { hashToken } from '../../lib/auth/mailed-secret'
import { now } from '../../lib/clock'
import { segment } from '../../lib/core/forging'
import { openForge } from '../../lib/core/testing/token-forge'
import { insertPersonalToken, type PersonalToken } from '../../lib/db/personal-tokens'
import { openClient } from '../fixtures/client'
import { expect, type Forge, test } from '../fixtures/standing'
import { probe, refusalFlaws } from '../fixtures/token-table'

const billing = 'https://billing.example'
const asBearer = { client_id: 'handstamp' }

test.use({ settings: { SERVICE_AUDIENCES: billing } })

const secret = `hsp_${'Ab3_'.repeat(10)}AbA`
const row = (userId: string, changes: Partial<PersonalToken> = {}): PersonalToken => ({
  id: 'AAECAwQFBgcICQoLDA0ODw',
  userId,
  name: 'script',
  audience: billing,
  tokenHash: hashToken(secret),
  createdAt: now() - 2000,
  expiresAt: now() + 86_400_000,
  lastUsedAt: null,
  revokedAt: null,
  ...changes,
})

const forged: [name: string, token: (forge: Forge) => Promise<string> | string][] = [
  [
    'A01 alg none',
    ({ header, claims }) =>
      `${segment(JSON.stringify({ ...header, alg: 'none' }))}.${segment(JSON.stringify({ ...claims(), ...asBearer }))}.`,
  ],
  ['A02 another key', async ({ claims }) => (await openForge()).token({ ...claims(), ...asBearer })],
  [
    'A03 changed after it was signed',
    async (forge) => {
      const [head, , signature] = (await forge.token(asBearer)).split('.')
      return `${head}.${segment(JSON.stringify({ ...forge.claims(), ...asBearer, roles: ['admin'] }))}.${signature}`
    },
  ],
  ['D spent', (forge) => forge.token({ ...asBearer, iat: forge.claims().iat - 600, exp: forge.claims().iat - 300 })],
  ['D longer than any of ours', (forge) => forge.token({ ...asBearer, exp: forge.claims().iat + 86_400 })],
  ['E04 another typ', (forge) => forge.token(asBearer, { typ: 'JWT' })],
  ['E06 for a service', (forge) => forge.token({ ...asBearer, aud: billing })],
  ['E06 for us and a service', (forge) => forge.token({ ...asBearer, aud: [forge.claims().aud, billing] })],
  ['E07 the token of a cookie', (forge) => forge.token()],
  ['E a client id of another type', (forge) => forge.token({ client_id: 1 })],
  [
    'E of a script that never was',
    (forge) => forge.token({ client_id: 'AAECAwQFBgcICQoLDA0ODw', sid: 'AAECAwQFBgcICQoLDA0ODw', amr: ['pat'] }),
  ],
  ['E the secret of a script', () => secret],
  ['E two tokens', async (forge) => `${await forge.token(asBearer)}, Bearer ${await forge.token(asBearer)}`],
]
for (const [name, token] of forged)
  test(`${name}: nobody, as a bearer token`, async ({ standing }) => {
    const { port, forge, markers } = standing
    expect(refusalFlaws(await probe(port, [`Authorization: Bearer ${await token(forge)}`]), markers)).toEqual([])
  })

test('E06, E07 nothing that was asked for, and no secret of a script, opens anything in a cookie', async ({
  standing,
}) => {
  const { port, forge, markers } = standing
  const tokens = [secret, await forge.token({ ...asBearer, aud: billing }), await forge.token(asBearer)]
  for (const kind of ['at', 'rt'])
    for (const token of tokens)
      expect(refusalFlaws(await probe(port, [`Cookie: handstamp-${kind}=${token}`]), markers)).toEqual([])
})

const dead: [name: string, changes: () => Partial<PersonalToken>, disabled?: true][] = [
  ['expired', () => ({ expiresAt: now() - 1 })],
  ['revoked', () => ({ revokedAt: now() - 1 })],
  ['of a user who is disabled', () => ({}), true],
]
for (const [name, changes, disabled] of dead)
  test(`a personal access token that is ${name} is exchanged for nothing`, async ({
    app,
    asUser,
    records,
    network,
  }) => {
    const ann = await asUser()
    const id = ann.sid
    const own = `hsp_${ann.sid}${ann.sid.slice(0, 20)}A`
    await insertPersonalToken(records.db, row(ann.user.id, { id, tokenHash: hashToken(own), ...changes() }))
    if (disabled && records.db.engine === 'sqlite')
      records.db.driver.prepare('UPDATE users SET disabled_at = ? WHERE id = ?').run(now(), ann.user.id)
    const script = openClient(app.url, network)
    const answer = await script.post('/api/auth/token', { audience: billing }, { authorization: `Bearer ${own}` })
    const unknown = await script.post('/api/auth/token', { audience: billing }, { authorization: `Bearer ${secret}` })
    expect([answer.status, answer.text]).toEqual([401, unknown.text])
    expect(app.output()).not.toContain(own)
  })

test('the hundred and first wrong one from a network is told to wait', async ({ client }) => {
  const guess = () => client.post('/api/auth/token', { audience: billing }, { authorization: `Bearer ${secret}` })
  for (let i = 0; i < 100; i++) expect((await guess()).status).toBe(401)
  const refused = await guess()
  expect([refused.status, refused.json.code]).toEqual([429, 'rate_limited'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})

// Tokens of one kind offered as another, over HTTP: catalogue 2.E.
import { randomBytes } from 'node:crypto'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { encodeBase64url } from '../../lib/core/base64url'
import { openForge, segment, utf8 } from '../../lib/core/testing/token-forge'
import { headerOf } from '../fixtures/answer'
import { password } from '../fixtures/client'
import { codeIn, linkIn } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/standing'
import { flawsOf, probe, type Row, refusalFlaws, row, testRows } from '../fixtures/token-table'

const key = new Uint8Array(32)
const encrypted = (text: string, header: Record<string, unknown> = {}, secret = key) =>
  new CompactEncrypt(utf8(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT', ...header })
    .encrypt(secret)

/** The five parts of a JWE, of any bytes. */
const jwe = (header: Record<string, unknown>, encryptedKey = 32, iv = 12, tag = 16) =>
  [
    segment(JSON.stringify(header)),
    ...[encryptedKey, iv, 64, tag].map((size) => encodeBase64url(randomBytes(size))),
  ].join('.')

const rows: Row[] = [
  row('E01 the text of a refresh token', ({ claims }) => `${claims().sid}.1.${'A'.repeat(43)}`),
  row(
    'E04 an ID token for a client',
    (forge) => forge.token({ aud: 'client', nonce: 'n' }, { typ: 'JWT' }),
    'joseBare',
  ),
  row('E04 an ID token for us', (forge) => forge.token({ nonce: 'n' }, { typ: 'JWT' }), 'joseBare'),
  row('E04 an ID token without typ', (forge) => forge.token({ aud: 'client' }, { typ: undefined }), 'joseBare'),
  row('E05 random text', () => encodeBase64url(randomBytes(32))),
  row(
    'E05 a revocation list signed with the same key',
    (forge) => forge.token({}, { typ: 'revocations+jwt' }),
    'joseBare',
  ),
  row('E05 a status list signed with the same key', (forge) => forge.token({}, { typ: 'statuslist+jwt' }), 'joseBare'),
  row(
    'E05 a lab twin signed with the same key',
    (forge) => forge.token({ aud: 'lab' }, { typ: 'lab+jwt' }),
    'joseBare',
  ),
  row('E05 a lab twin by its audience alone', (forge) => forge.token({ aud: 'lab' }), 'joseBare'),
  row('E06 a service token', (forge) => forge.token({ aud: 'https://billing.example' }), 'joseBare'),
  row('E08 a logout token', (forge) => forge.token({ events: {} }, { typ: 'logout+jwt' }), 'joseBare'),
  row('E09 a JWE where a JWS is expected', async (forge) => encrypted(await forge.token())),
  row('E09 a JWE of the claims', (forge) => encrypted(forge.payload())),
  row('E09 a JWE under the public key', async (forge) =>
    encrypted(await forge.token(), {}, new Uint8Array(Buffer.from(forge.jwk.x, 'base64url'))),
  ),
  row('E09 a JWE header on three parts', (forge) => forge.token({}, { enc: 'A256GCM' }), 'jose'),
  row('E09 dir as the algorithm of a JWS', (forge) => forge.token({}, { alg: 'dir' }), 'decodeOnly'),
  row('E10 a JWE around an unsigned token', (forge) =>
    encrypted(`${segment('{"alg":"none"}')}.${segment(forge.payload())}.`),
  ),
  row('E10 a JWE around a token of another key', async () => encrypted(await (await openForge()).token())),
  row('E10 a JWE around nothing', () => encrypted('')),
  ...['none', 'RSA1_5', 'PBES2-HS256+A128KW', 'ECDH-ES', 'dir', 'A256GCMKW'].map((alg) =>
    row(`E11 a JWE of alg ${alg}`, () => jwe({ alg, enc: 'A128CBC-HS256' })),
  ),
  ...[1, 0, -1, 1e9, '1000', 1.5].map((p2c) =>
    row(`E12 PBES2 with p2c ${JSON.stringify(p2c)}`, () =>
      jwe({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c, p2s: 'AAAA' }),
    ),
  ),
  row('E13 a small zip bomb', () => jwe({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' }, 0)),
  row('E13 a zip bomb of 8 KB', () => `${jwe({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}${'A'.repeat(8_000)}`),
  row(
    'E13 a zip bomb of 130 KB',
    () => `${jwe({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}${'A'.repeat(130_000)}`,
    undefined,
    'at the door',
  ),
  ...[12, 8, 4, 0].map((size) =>
    row(`E14 a JWE with a tag of ${size} bytes`, () => jwe({ alg: 'dir', enc: 'A256GCM' }, 0, 12, size)),
  ),
  ...[0, 8, 16].map((size) =>
    row(`E14 a JWE with an IV of ${size} bytes`, () => jwe({ alg: 'dir', enc: 'A256GCM' }, 0, size)),
  ),
  ...[0, 1, 2, 3, 4].map((missing) =>
    row(`E14 a JWE without part ${missing + 1}`, () =>
      jwe({ alg: 'A256KW', enc: 'A256GCM' })
        .split('.')
        .filter((_, at) => at !== missing)
        .join('.'),
    ),
  ),
  row('E15 an epk off the curve', () =>
    jwe({ alg: 'ECDH-ES', enc: 'A256GCM', epk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }, 0),
  ),
  row('E16 a token in a token, three deep', async (forge) => {
    let token = await forge.token()
    for (let depth = 0; depth < 3; depth++) token = await forge.sign(JSON.stringify(forge.header), token)
    return token
  }),
  row('E16 a JWE in a JWE, ten deep', async (forge) => {
    let token = await forge.token()
    for (let depth = 0; depth < 10; depth++) token = await encrypted(token)
    return token
  }),
]

testRows(rows)

test('E01 a refresh token opens nothing as an access token, and an access token refreshes nothing', async ({
  standing,
  client,
}) => {
  const { port, forge, markers, client: holder } = standing
  const [at = '', rt = ''] = ['handstamp-at', 'handstamp-rt'].map((name) => holder.cookies.get(name))
  expect(
    await flawsOf(
      row('E01', () => rt),
      standing,
    ),
  ).toEqual([])
  expect(refusalFlaws(await probe(port, [`Cookie: handstamp-rt=${at}`]), markers)).toEqual([])
  expect(
    refusalFlaws(await probe(port, [`Cookie: handstamp-at=${rt}; handstamp-rt=${await forge.token()}`]), markers),
  ).toEqual([])
  client.cookies.set('handstamp-rt', at)
  expect(await client.post('/api/auth/refresh', {})).toMatchObject({
    status: 401,
    json: { code: 'session_ended', reason: 'invalid' },
  })
  expect((await holder.get('/api/auth/session')).status).toBe(200)
})

test('E03, E05 what is mailed and sealed during a sign-up is no session', async ({
  standing,
  client,
  mailbox,
  address,
}) => {
  await client.post('/api/auth/sign-up', { name: 'Ann', email: address, password })
  const mail = await mailbox.waitFor(address)
  const link = new URL(linkIn(mail)).searchParams.get('token') ?? ''
  const seal = client.cookies.get('handstamp-flow') ?? ''
  expect([link.length, seal.startsWith('Fe26.2*')]).toEqual([43, true])
  for (const text of [link, codeIn(mail), seal]) {
    expect(
      await flawsOf(
        row('E03', () => text),
        standing,
      ),
    ).toEqual([])
    expect(refusalFlaws(await probe(standing.port, [`Cookie: handstamp-rt=${text}`]), standing.markers)).toEqual([])
  }
})

test('E03 no token of a session confirms an address', async ({ standing, client }) => {
  const holder = standing.client
  for (const text of [
    holder.cookies.get('handstamp-at'),
    holder.cookies.get('handstamp-rt'),
    await standing.forge.token(),
  ]) {
    const answer = await client.post('/api/auth/verify-email', { token: text?.slice(0, 128) })
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid_link' } })
  }
  client.cookies.set('handstamp-flow', await standing.forge.token())
  expect(await client.post('/api/auth/verify-email', { code: '123456' })).toMatchObject({
    status: 422,
    json: { code: 'invalid_code' },
  })
  expect(await client.post('/api/auth/verify-email', { link: '1' })).toMatchObject({
    status: 422,
    json: { code: 'invalid_link' },
  })
})

test('E07 only the cookie is read: a token in Authorization opens nothing and ends nothing', async ({
  standing,
  client,
}) => {
  const { port, forge, markers, client: holder } = standing
  const token = await forge.token()
  for (const scheme of ['Bearer', 'bearer', 'Basic', 'DPoP', 'Cookie']) {
    expect(refusalFlaws(await probe(port, [`Authorization: ${scheme} ${token}`]), markers)).toEqual([])
  }
  // Without cookies such a post needs no proof of its origin; it has no session to act on either.
  await client.post('/api/auth/sign-out', {}, { authorization: `Bearer ${token}` })
  expect((await holder.get('/api/auth/session')).status).toBe(200)
})

test('E07, H22 a token in Authorization beside a cookie changes nothing: the cookie counts', async ({
  standing,
  member,
}) => {
  const { port, forge } = standing
  const own = `Cookie: handstamp-at=${member.client.cookies.get('handstamp-at')}`
  const { handler } = await probe(port, [own, `Authorization: Bearer ${await forge.token()}`])
  expect(handler.body).toContain(member.email)
  const bad = await probe(port, ['Cookie: handstamp-at=bad', `Authorization: Bearer ${await forge.token()}`])
  expect(refusalFlaws(bad, standing.markers)).toEqual([])
  expect(headerOf(bad.handler, 'www-authenticate')).toBe('')
})

/** The parts of a seal: prefix, password id, salt, iv, data, expiry, mac salt, mac; then iron-session's version. */
const sealChanges: [name: string, change: (seal: string) => string][] = [
  ...Array.from({ length: 8 }, (_, at): [string, (seal: string) => string] => [
    `part ${at + 1} changed`,
    (seal) => {
      const [body = '', version] = seal.split('~')
      const parts = body
        .split('*')
        .map((part, i) => (i === at ? (part.startsWith('a') ? `b${part.slice(1)}` : `a${part.slice(1)}`) : part))
      return `${parts.join('*')}~${version}`
    },
  ]),
  ['version 1', (seal) => seal.replace(/~2$/, '~1')],
  ['no version', (seal) => seal.replace(/~2$/, '')],
  ['the id of a password that is not there', (seal) => seal.replace(/^Fe26\.2\*1\*/, 'Fe26.2*2*')],
  ['the end cut off', (seal) => seal.slice(0, -10)],
  ['a later end', (seal) => seal.replace(/\*(\d{13})\*/, (_, end) => `*${Number(end) + 1e9}*`)],
]

test('E17 a seal that was touched is no seal: the code is not even tried', async ({ client, mailbox, address }) => {
  await client.post('/api/auth/sign-up', { name: 'Ann', email: address, password })
  const code = codeIn(await mailbox.waitFor(address))
  const seal = client.cookies.get('handstamp-flow') ?? ''
  const answers: unknown[] = []
  const pages: unknown[] = []
  for (const [name, change] of sealChanges) {
    expect(change(seal), name).not.toBe(seal)
    client.cookies.set('handstamp-flow', change(seal))
    const { status, json } = await client.post('/api/auth/verify-email', { code })
    answers.push([name, status, json.code])
    pages.push([name, (await client.get('/sign-in')).status])
  }
  expect(answers).toEqual(sealChanges.map(([name]) => [name, 422, 'invalid_code']))
  expect(pages).toEqual(sealChanges.map(([name]) => [name, 200]))
  client.cookies.set('handstamp-flow', seal)
  expect((await client.post('/api/auth/verify-email', { code })).status).toBe(200)
})

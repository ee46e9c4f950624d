// Tokens of one kind offered as another, over HTTP: catalogue 2.E.
import { kindAttacks } from '../../lib/core/testing/attacks/kinds'
import { headerOf } from '../fixtures/answer'
import { password } from '../fixtures/client'
import { codeIn, linkIn } from '../fixtures/mailbox'
import { dashboardMarker, expect, test } from '../fixtures/standing'
import { flawsOf, overHttp, probe, refusalFlaws, row, testRows } from '../fixtures/token-table'

testRows(overHttp(kindAttacks))

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

test('E07 the token of a cookie opens nothing in Authorization, a bearer token nothing in a cookie', async ({
  standing,
  client,
}) => {
  const { port, forge, markers, client: holder } = standing
  const [token, bearer] = [await forge.token(), await forge.token({ client_id: 'handstamp' })]
  for (const scheme of ['Bearer', 'bearer', 'Basic', 'DPoP', 'Cookie']) {
    expect(refusalFlaws(await probe(port, [`Authorization: ${scheme} ${token}`]), markers)).toEqual([])
  }
  expect(refusalFlaws(await probe(port, [`Cookie: handstamp-at=${bearer}`]), markers)).toEqual([])
  const { page, handler } = await probe(port, [`Authorization: Bearer ${bearer}`])
  expect([page.status, handler.status]).toEqual([307, 200])
  // Without cookies such a post needs no proof of its origin; it has no session to act on either.
  for (const text of [token, bearer]) await client.post('/api/auth/sign-out', {}, { authorization: `Bearer ${text}` })
  expect((await holder.get('/api/auth/session')).status).toBe(200)
})

test('E07, H22 another’s bearer token beside a cookie: pages go by the cookie, handlers by neither', async ({
  standing,
  member,
}) => {
  const { port, forge, markers } = standing
  const own = `Cookie: handstamp-at=${member.client.cookies.get('handstamp-at')}`
  for (const text of [await forge.token({ client_id: 'handstamp' }), await forge.token(), 'x']) {
    const { page, handler } = await probe(port, [own, `Authorization: Bearer ${text}`])
    expect([page.status, handler.status, headerOf(handler, 'www-authenticate')]).toEqual([200, 401, 'Bearer'])
    expect(markers.filter((marker) => marker !== dashboardMarker && page.body.includes(marker))).toEqual([])
  }
  const bad = await probe(port, [
    'Cookie: handstamp-at=bad',
    `Authorization: Bearer ${await forge.token({ client_id: 'handstamp' })}`,
  ])
  expect(refusalFlaws(bad, markers)).toEqual([])
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

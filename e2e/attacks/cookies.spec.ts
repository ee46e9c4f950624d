// Attacks on the Cookie header: catalogue 2.G. Page, gate, handler and the flow reader must read it alike.
import { openForge } from '../../lib/core/testing/token-forge'
import { headersOf, leadsTo } from '../fixtures/answer'
import { openClient, password, signUpBy } from '../fixtures/client'
import { decode } from '../fixtures/decode'
import { codeIn } from '../fixtures/mailbox'
import { rawRequest, sendRaw } from '../fixtures/raw'
import { expect, type Standing, test } from '../fixtures/standing'
import { probe, refusalFlaws } from '../fixtures/token-table'

type Texts = { good: string; again: string; bad: string; refresh: string; otherRefresh: string }
/** What a request carries, as whole header lines. */
type Headers = (texts: Texts) => string[]
const cookie =
  (build: (texts: Texts) => string): Headers =>
  (texts) => [`Cookie: ${build(texts)}`]

const textsOf = async ({ forge, client }: Standing): Promise<Texts> => ({
  good: await forge.token(),
  again: await forge.token({ exp: forge.claims().iat + 200 }),
  bad: await (await openForge()).token({ ...forge.claims() }),
  refresh: client.cookies.get('handstamp-rt') ?? '',
  otherRefresh: `AAECAwQFBgcICQoLDA0ODw.1.${'A'.repeat(43)}`,
})

/** No session: the page leads to sign-in and the handler answers 401. */
const nobody: [name: string, headers: Headers][] = [
  ['G01 two good tokens', cookie(({ good, again }) => `handstamp-at=${good}; handstamp-at=${again}`)],
  ['G01 the same token twice', cookie(({ good }) => `handstamp-at=${good}; handstamp-at=${good}`)],
  ['G01 a bad token before a good one', cookie(({ bad, good }) => `handstamp-at=${bad}; handstamp-at=${good}`)],
  ['G01 a good token before a bad one', cookie(({ bad, good }) => `handstamp-at=${good}; handstamp-at=${bad}`)],
  ['G01 a good token before an empty one', cookie(({ good }) => `handstamp-at=${good}; handstamp-at=`)],
  ['G01 an empty token before a good one', cookie(({ good }) => `handstamp-at=; handstamp-at=${good}`)],
  ['G01 two good tokens without a space', cookie(({ good, again }) => `handstamp-at=${good};handstamp-at=${again}`)],
  [
    'G01 two tokens with others between them',
    cookie(({ good, again }) => `handstamp-at=${good}; theme=dark; x=1; handstamp-at=${again}`),
  ],
  [
    'G01 a good token beside two refresh tokens',
    cookie(({ good, refresh }) => `handstamp-at=${good}; handstamp-rt=${refresh}; handstamp-rt=${refresh}`),
  ],
  [
    'G01 two good tokens beside a refresh token',
    cookie(({ good, again, refresh }) => `handstamp-at=${good}; handstamp-at=${again}; handstamp-rt=${refresh}`),
  ],
  ['G01 a refresh token twice', cookie(({ refresh }) => `handstamp-rt=${refresh}; handstamp-rt=${refresh}`)],
  [
    'G02 two Cookie headers with two good tokens',
    ({ good, again }) => [`Cookie: handstamp-at=${good}`, `Cookie: handstamp-at=${again}`],
  ],
  [
    'G02 two Cookie headers, bad and good',
    ({ good, bad }) => [`Cookie: handstamp-at=${bad}`, `cookie: handstamp-at=${good}`],
  ],
  [
    'G02 two Cookie headers, good and bad',
    ({ good, bad }) => [`Cookie: handstamp-at=${good}`, `COOKIE: handstamp-at=${bad}`],
  ],
  ['G07 U+00A0 before the name', cookie(({ good }) => `x=1;\u00a0handstamp-at=${good}`)],
  ['G07 U+2000 before the name', cookie(({ good }) => `x=1;\u2000handstamp-at=${good}`)],
  ['G07 U+0085 before the name', cookie(({ good }) => `x=1;\u0085handstamp-at=${good}`)],
  ['G07 a nameless cookie', cookie(({ good }) => `=handstamp-at=${good}`)],
  ['G07 a nameless cookie with the token alone', cookie(({ good }) => good)],
  ['G07 a quoted value', cookie(({ good }) => `handstamp-at="${good}"`)],
  ['G07 a quoted name', cookie(({ good }) => `"handstamp-at"=${good}`)],
  ['G07 a list with commas', cookie(({ good }) => `x=1, handstamp-at=${good}`)],
  ['G07 a percent-encoded name', cookie(({ good }) => `%68andstamp-at=${good}`)],
  ['G07 a tab before the name, inside the header', cookie(({ good }) => `x=1;\thandstamp-at=${good}`)],
  ['G08 the name with a space behind it', cookie(({ good }) => `handstamp-at =${good}`)],
  ['G08 the name in upper case', cookie(({ good }) => `HANDSTAMP-AT=${good}`)],
  ['G08 the name with one capital', cookie(({ good }) => `Handstamp-at=${good}`)],
  ['G08 the prefixed name, which is for https', cookie(({ good }) => `__Host-Http-handstamp-at=${good}`)],
  ['G08 the prefixed name in lower case', cookie(({ good }) => `__host-http-handstamp-at=${good}`)],
  ['G08 a longer name', cookie(({ good }) => `handstamp-at2=${good}; xhandstamp-at=${good}`)],
  ['G11 chunks', cookie(({ good }) => `handstamp-at.0=${good.slice(0, 100)}; handstamp-at.1=${good.slice(100)}`)],
  ['G12 a bad percent', cookie(({ good }) => `handstamp-at=${good}%zz`)],
  ['G12 %00', cookie(({ good }) => `handstamp-at=${good}%00`)],
  ['G12 %u0041', cookie(() => 'handstamp-at=%u0041')],
  ['G13 a cookie of 4097 bytes', cookie(() => `handstamp-at=${'A'.repeat(4_084)}`)],
  [
    'G14 a name of another version',
    cookie(({ good }) => `handstamp_session=${good}; token=${good}; at=${good}; session=${good}`),
  ],
  [
    'G04 100 cookies and no session',
    cookie(() => Array.from({ length: 100 }, (_, i) => `c${i}=${'v'.repeat(40)}`).join('; ')),
  ],
  [
    'G04 180 cookies and no session',
    cookie(() => Array.from({ length: 180 }, (_, i) => `c${i}=${'v'.repeat(40)}`).join('; ')),
  ],
  ['N04 2,000 cookies', cookie(() => Array.from({ length: 2_000 }, (_, i) => `c${i}=`).join(';'))],
]

for (const [name, headers] of nobody) {
  test(`${name}: nobody`, async ({ standing }) => {
    const answers = await probe(standing.port, headers(await textsOf(standing)))
    expect(refusalFlaws(answers, standing.markers)).toEqual([])
  })
}

/** Spellings of the header that are the same to everybody (RFC 9110 §5.5, RFC 6265 §4.2), and jars full of others' cookies. */
const somebody: [name: string, headers: Headers][] = [
  ['a good token', cookie(({ good }) => `handstamp-at=${good}`)],
  ['G02 two Cookie headers with one token', ({ good }) => ['Cookie: theme=dark', `Cookie: handstamp-at=${good}`]],
  ['G07 a tab at the very start of the header', ({ good }) => [`Cookie:\thandstamp-at=${good}`]],
  ['G07 $Version before it', cookie(({ good }) => `$Version=1; handstamp-at=${good}`)],
  [
    "G08 others' cookies with look-alike names",
    cookie(({ good, bad }) => `HANDSTAMP-AT=${bad}; handstamp-at=${good}; \u00a0handstamp-at=${bad}`),
  ],
  [
    'G04 100 other cookies',
    cookie(({ good }) =>
      [...Array.from({ length: 100 }, (_, i) => `c${i}=${'v'.repeat(40)}`), `handstamp-at=${good}`].join('; '),
    ),
  ],
  [
    'G04 180 other cookies',
    cookie(({ good }) =>
      [`handstamp-at=${good}`, ...Array.from({ length: 180 }, (_, i) => `c${i}=${'v'.repeat(40)}`)].join('; '),
    ),
  ],
  ['G12 a bad percent in another cookie', cookie(({ good }) => `x=%zz; handstamp-at=${good}; y=%; theme=%E0%A4%A`)],
  ['a refresh cookie of no known form beside it', cookie(({ good }) => `handstamp-at=${good}; handstamp-rt=nonsense`)],
]
for (const [name, headers] of somebody) {
  test(`${name}: page and handler agree that it is a session`, async ({ standing }) => {
    const { page, handler } = await probe(standing.port, headers(await textsOf(standing)))
    expect([page.status, handler.status]).toEqual([200, 200])
    expect(page.body).toContain(standing.email)
  })
}

const broken: [name: string, headers: Headers][] = [
  ['G12 a raw NUL', cookie(({ good }) => `handstamp-at=\u0000${good}`)],
  ['G12 a bare CR', cookie(({ good }) => `handstamp-at=\r${good}`)],
  ['G07 VT before the name', cookie(({ good }) => `x=1;\u000bhandstamp-at=${good}`)],
  ['G07 FF before the name', cookie(({ good }) => `x=1;\u000chandstamp-at=${good}`)],
]
for (const [name, headers] of broken) {
  test(`${name}: 400, and nothing more`, async ({ standing }) => {
    const { page, handler } = await probe(standing.port, headers(await textsOf(standing)))
    expect([page.status, handler.status]).toEqual([400, 400])
    for (const marker of standing.markers) expect(`${page.body}${handler.body}`).not.toContain(marker)
  })
}

test('G12 a line end in a cookie writes no header of an answer', async ({ standing }) => {
  for (const text of ['a%0d%0aSet-Cookie:%20x=1', 'a%0aX-Evil:%201', 'a\u0085X-Evil: 1']) {
    const answers = await probe(standing.port, [`Cookie: handstamp-at=${text}; theme=${text}`])
    expect(refusalFlaws(answers, ['X-Evil', 'x=1'])).toEqual([])
  }
})

test('G01 a page that meets duplicated cookies clears both', async ({ standing }) => {
  const { good } = await textsOf(standing)
  const { page } = await probe(standing.port, [`Cookie: handstamp-at=${good}; handstamp-at=${good}`])
  const cleared = headersOf(page, 'set-cookie').map((line) => line.toLowerCase())
  for (const name of ['handstamp-at', 'handstamp-rt']) {
    expect(cleared.filter((line) => line.startsWith(`${name}=;`) && line.includes('max-age=0'))).toHaveLength(1)
  }
})

test("G05 Alice's access token beside Bob's refresh token is nobody's, in either order", async ({
  standing,
  member,
}) => {
  const { port, client: alice } = standing
  const [at, rt] = [alice.cookies.get('handstamp-at') ?? '', member.client.cookies.get('handstamp-rt') ?? '']
  const markers = [...standing.markers, member.email]
  for (const header of [`handstamp-at=${at}; handstamp-rt=${rt}`, `handstamp-rt=${rt}; handstamp-at=${at}`]) {
    const { page } = await probe(port, [`Cookie: ${header}`])
    expect(leadsTo(page, port)).toBe('/sign-in?next=%2Fdashboard')
    for (const marker of markers) expect(page.body).not.toContain(marker)
  }
})

test("G05 in a handler a mixed pair is nobody's as well, and refreshes nothing", async ({ standing, member }) => {
  const at = await standing.forge.token()
  const rt = member.client.cookies.get('handstamp-rt') ?? ''
  const { handler } = await probe(standing.port, [`Cookie: handstamp-at=${at}; handstamp-rt=${rt}`])
  expect(handler.body).not.toContain(standing.email)
  expect([handler.status, headersOf(handler, 'set-cookie')]).toEqual([401, []])
  const invented = await probe(standing.port, [
    `Cookie: handstamp-at=${at}; handstamp-rt=AAECAwQFBgcICQoLDA0ODw.1.${'A'.repeat(43)}`,
  ])
  expect(invented.handler.status).toBe(401)
})

test('G05 a lone refresh cookie leads to a refresh and back, without a loop', async ({ member }) => {
  const { client, email } = member
  client.cookies.delete('handstamp-at')
  const first = await client.get('/dashboard')
  expect(first.status).toBe(307)
  const second = await client.get((first.headers.get('location') ?? '').replace(/^http:\/\/[^/]+/, ''))
  expect(second.status).toBe(307)
  expect(second.headers.get('location')).toMatch(/\/dashboard$/)
  expect((await client.get('/dashboard')).text).toContain(email)
})

test('G05 a refresh cookie that is no good ends at sign-in, cleared, without a loop', async ({ client }) => {
  client.cookies.set('handstamp-rt', `AAECAwQFBgcICQoLDA0ODw.1.${'A'.repeat(43)}`)
  let path = '/dashboard'
  const seen: string[] = []
  for (let hop = 0; hop < 5; hop++) {
    const answer = await client.get(path)
    seen.push(`${answer.status} ${path.split('?')[0]}`)
    if (answer.status === 200) break
    path = (answer.headers.get('location') ?? '').replace(/^http:\/\/[^/]+/, '')
  }
  expect(seen).toEqual(
    ['307 /dashboard', '303 /api/auth/refresh', '200 /sign-in'].map((hop) =>
      expect.stringMatching(hop.replace(/^30\d/, '30\\d')),
    ),
  )
  expect(client.cookies.has('handstamp-rt')).toBe(false)
})

test('G03, G01 two flow cookies are none: the sign-up of neither is confirmed', async ({
  client,
  mailbox,
  address,
}) => {
  await client.post('/api/auth/sign-up', { name: 'Ann', email: address, password })
  const code = codeIn(await mailbox.waitFor(address))
  const seal = client.cookies.get('handstamp-flow') ?? ''
  client.cookies.set('x', `1; handstamp-flow=${seal}`)
  expect(await client.post('/api/auth/verify-email', { code })).toMatchObject({
    status: 422,
    json: { code: 'invalid_code' },
  })
  client.cookies.delete('x')
  expect((await client.post('/api/auth/verify-email', { code })).status).toBe(200)
})

test('G12 a flow cookie that is no seal is none: no page fails by it', async ({ client }) => {
  const broken = [
    'x',
    '*',
    '*******',
    'Fe26.2*******',
    'Fe26.2*1*a*b*c*d*e*f~2',
    '~2',
    '%',
    '%zz',
    '__proto__',
    'a'.repeat(4_000),
  ]
  const answers: [string, string, number][] = []
  for (const text of broken) {
    client.cookies.set('handstamp-flow', text)
    for (const path of ['/sign-in', '/sign-up', '/verify-email', '/verify-email/link?token=x'])
      answers.push([text.slice(0, 30), path, (await client.get(path)).status])
  }
  expect(answers.filter(([, , status]) => status >= 400)).toEqual([])
})

test('G04 sign-out works with a full jar', async ({ app, member }) => {
  const { client } = member
  const jar = Array.from({ length: 180 }, (_, i) => `c${i}=${'v'.repeat(40)}`).join('; ')
  const request = rawRequest('POST', '/api/auth/sign-out', app.port, [
    'Sec-Fetch-Site: same-origin',
    'Content-Length: 0',
    `Cookie: ${jar}; ${client.header()}`,
  ])
  expect((await sendRaw(app.port, request)).status).toBe(204)
  expect((await client.get('/api/auth/session')).status).toBe(401)
})

test('G09 what a browser carries before it signs in never becomes its session', async ({ app, member, mailbox }) => {
  const attacker = openClient(app.url, '10.202.0.1')
  await signUpBy(attacker, mailbox, `attacker-${Date.now()}@example.com`)
  const planted = attacker.cookies.get('handstamp-at') ?? ''
  const { sid } = decode(planted).claims
  const victim = openClient(app.url, '10.202.0.2')
  for (const [name, value] of attacker.cookies) victim.cookies.set(name, value)
  const signedIn = await victim.post('/api/auth/sign-in', { email: member.email, password })
  expect(signedIn).toMatchObject({ status: 200, json: { user: { email: member.email } } })
  expect(signedIn.text).not.toContain(String(sid))
  expect(decode(victim.cookies.get('handstamp-at') ?? '').claims.sid).not.toBe(sid)
  expect((await attacker.get('/api/auth/session')).status).toBe(401)
})

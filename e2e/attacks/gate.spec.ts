// Headers and bytes that may lead around the gate, without a session: catalogue 2.H. Paths have a file of their own.

import { expectCalm } from '../fixtures/calm'
import { asked, doorFlaws, type Request, testRequests } from '../fixtures/door-table'
import { expect, test } from '../fixtures/standing'

let pid = 0
test.beforeAll(({ app }) => {
  pid = app.pid()
})
test.afterAll(({ app }) => expectCalm(app, pid))

const carrying = (id: string, target: string, ...headers: string[]): Request[] =>
  headers.map((header) => asked(`${id} ${target} with ${header.slice(0, 80)}`, target, [header]))

const tree =
  '%5B%22%22%2C%7B%22children%22%3A%5B%22(account)%22%2C%7B%22children%22%3A%5B%22dashboard%22%2C%7B%22children%22%3A%5B%22__PAGE__%22%2C%7B%7D%5D%7D%5D%7D%5D%7D%5D'
const again = (text: string, times: number) => Array(times).fill(text).join(':')
const middlewareNames = ['middleware', 'src/middleware', 'pages/_middleware', 'proxy', 'src/proxy', '/middleware']

const headers: Request[] = [
  ...carrying(
    'H09',
    '/dashboard',
    'RSC: 1',
    'Next-Router-Prefetch: 1',
    'Next-Router-Prefetch: 2',
    'Next-Router-Segment-Prefetch: /_tree',
    'Next-Router-Segment-Prefetch: /dashboard/__PAGE__',
    `Next-Router-State-Tree: ${tree}`,
    'Next-Action: 00',
    'x-nextjs-data: 1',
    'Next-Resume: 1',
    'Next-HMR-Refresh: 1',
    'Purpose: prefetch',
    'Sec-Purpose: prefetch;prerender',
    'x-now-route-matches: 1',
    'Accept: text/x-component',
  ),
  asked('H09 /dashboard with all of the router headers', '/dashboard', [
    'RSC: 1',
    'Next-Router-Prefetch: 1',
    `Next-Router-State-Tree: ${tree}`,
    'Next-Url: /dashboard',
    'Next-Router-Segment-Prefetch: /_full',
  ]),
  asked('H09 a segment with its headers', '/dashboard?_rsc=abc', [
    'RSC: 1',
    'Next-Router-Segment-Prefetch: /(account)/dashboard/__PAGE__',
  ]),
  ...carrying(
    'H13',
    '/dashboard',
    ...middlewareNames.flatMap((name) => [
      `x-middleware-subrequest: ${name}`,
      `x-middleware-subrequest: ${again(name, 5)}`,
    ]),
  ),
  ...carrying(
    'H13',
    '/api/auth/session',
    `x-middleware-subrequest: ${again('middleware', 5)}`,
    `X-Middleware-Subrequest: ${again('src/middleware', 5)}`,
    'x-middleware-subrequest-id: 1',
  ),
  ...carrying(
    'H14',
    '/dashboard',
    'x-middleware-next: 1',
    'x-middleware-rewrite: /',
    'x-middleware-rewrite: http://evil.test/',
    'x-middleware-redirect: http://evil.test/',
    'x-middleware-override-headers: cookie',
    'x-middleware-request-cookie: handstamp-at=x',
    'x-middleware-set-cookie: x=1',
    'x-invoke-path: /',
    'x-invoke-query: %7B%7D',
    'x-invoke-status: 200',
    'x-invoke-output: /dashboard',
    'x-matched-path: /',
    'x-matched-path: /dashboard',
    'x-prerender-revalidate: 1',
    'x-next-revalidated-tags: x',
    'x-next-cache-tags: x',
    'x-middleware-invoke: 1',
    'x-middleware-prefetch: 1',
    'x-middleware-skip: 1',
    'x-next-resume-state-length: 0',
  ),
  ...carrying('H15', '/dashboard', 'X-HTTP-Method-Override: POST', 'X-HTTP-Method: PUT', 'X-Method-Override: HEAD'),
  asked('H15 _method in the query', '/dashboard?_method=POST'),
  ...carrying(
    'H20',
    '/dashboard',
    'x-user: admin',
    'x-user-id: 1',
    'x-session: 1',
    'x-claims: {"sub":"admin"}',
    'x-roles: admin',
    'x-handstamp-peer: x 127.0.0.1',
    'x-handstamp-user: 1',
    'x-handstamp-session: 1',
    'x-auth-request-user: admin',
    'x-forwarded-user: admin',
    'remote-user: admin',
    'x-nonce: x',
  ),
  asked('H21 X-USER in capitals, twice and with an underscore', '/dashboard', [
    'X-USER: admin',
    'X-User: admin',
    'x_user: admin',
  ]),
  ...carrying(
    'H11',
    '/dashboard',
    'X-Original-URL: /',
    'X-Rewrite-URL: /',
    'X-Forwarded-Host: evil.test',
    'X-Host: evil.test',
    'Forwarded: host=evil.test;proto=http',
    'X-Forwarded-Proto: https',
    'X-Forwarded-Port: 444',
    'X-Forwarded-Prefix: /evil',
    'X-Forwarded-Path: /',
    'X-Forwarded-Server: evil.test',
    'Referer: http://evil.test/',
    'X-Original-Host: evil.test',
    'Host: evil.test',
  ),
  asked('H11 a public page that redirects by host', '/dashboard/', [
    'X-Forwarded-Host: evil.test',
    'Forwarded: host=evil.test',
  ]),
  asked('H22 a scheme of Authorization that nobody has', '/dashboard', ['Authorization: Negotiate x']),
]

const wire: Request[] = [
  {
    name: 'H05 an absolute target',
    bytes: (port) => `GET http://evil.test/dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
  },
  {
    name: 'H05 an absolute target with its own Host',
    bytes: () => 'GET http://evil.test/dashboard HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n',
  },
  {
    name: 'H05 an absolute target to us',
    bytes: (port) =>
      `GET http://localhost:${port}/dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
  },
  { name: 'H05 a wrong Host', bytes: () => 'GET /dashboard HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n' },
  {
    name: 'H05 a wrong Host on a path that Next would tidy up',
    bytes: () => 'GET /dashboard/ HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n',
  },
  {
    name: 'H05 a wrong Host on two slashes',
    bytes: () => 'GET //dashboard HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n',
  },
  {
    name: 'H05 two Hosts',
    bytes: (port) =>
      `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nHost: evil.test\r\nConnection: close\r\n\r\n`,
  },
  { name: 'H05 no Host', bytes: () => 'GET /dashboard HTTP/1.1\r\nConnection: close\r\n\r\n' },
  { name: 'H05 an empty Host', bytes: () => 'GET /dashboard HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n' },
  { name: 'H05 HTTP/1.0 without Host', bytes: () => 'GET /dashboard HTTP/1.0\r\n\r\n' },
  {
    name: 'H05 a Host with a path',
    bytes: (port) => `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}/x\r\nConnection: close\r\n\r\n`,
  },
  {
    name: 'H05 a Host with a user',
    bytes: (port) => `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}@evil.test\r\nConnection: close\r\n\r\n`,
  },
  {
    name: 'H05 a Host that begins like ours',
    bytes: (port) => `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}.evil.test\r\nConnection: close\r\n\r\n`,
  },
  {
    name: 'H05 the asterisk form',
    bytes: (port) => `OPTIONS * HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
  },
  {
    name: 'H18 length and chunks at once',
    bytes: (port) =>
      `POST /api/auth/sign-out HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /dashboard HTTP/1.1\r\n\r\n`,
  },
  {
    name: 'H18 two lengths',
    bytes: (port) =>
      `POST /api/auth/sign-out HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 6\r\nContent-Length: 0\r\nConnection: close\r\n\r\nGET /d`,
  },
  {
    name: 'H18 Transfer-Encoding: xchunked',
    bytes: (port) =>
      `POST /api/auth/sign-out HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding: xchunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
  },
  {
    name: 'H18 Transfer-Encoding twice',
    bytes: (port) =>
      `POST /api/auth/sign-out HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nConnection: close\r\n\r\n0\r\n\r\n`,
  },
  {
    name: 'H18 a space before the colon',
    bytes: (port) =>
      `POST /api/auth/sign-out HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding : chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
  },
  {
    name: 'H18 a folded header',
    bytes: (port) => `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nX: a\r\n b\r\nConnection: close\r\n\r\n`,
  },
  {
    name: 'H18 bare line feeds',
    bytes: (port) => `GET /dashboard HTTP/1.1\nHost: localhost:${port}\nConnection: close\n\n`,
  },
  {
    name: 'H18 a chunk extension',
    bytes: (port) =>
      `POST /api/auth/sign-out HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1;x=\ny\r\nA\r\n0\r\n\r\n`,
  },
  {
    name: 'H18 a line without a colon',
    bytes: (port) => `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nnonsense\r\nConnection: close\r\n\r\n`,
  },
  {
    name: 'H18 HTTP/2.0',
    bytes: (port) => `GET /dashboard HTTP/2.0\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
  },
  { name: 'H18 TLS on a plain port', bytes: () => Buffer.from('160301010001000100', 'hex') },
  {
    name: 'H26 a Server Action at /',
    bytes: (port) =>
      `POST / HTTP/1.1\r\nHost: localhost:${port}\r\nNext-Action: 7f0000000000000000000000000000000000000000\r\nSec-Fetch-Site: same-origin\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]`,
  },
  {
    name: 'H26 a Server Action at /dashboard',
    bytes: (port) =>
      `POST /dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nNext-Action: 7f0000000000000000000000000000000000000000\r\nSec-Fetch-Site: same-origin\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]`,
  },
  {
    name: 'H26 a Server Action at an unknown page',
    bytes: (port) =>
      `POST /_not-found HTTP/1.1\r\nHost: localhost:${port}\r\nNext-Action: 7f0000000000000000000000000000000000000000\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  },
  {
    name: 'N04 1,900 headers',
    bytes: (port) =>
      `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n${'a:\r\n'.repeat(1_900)}\r\n`,
  },
  {
    name: 'N04 20,000 headers',
    bytes: (port) =>
      `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n${'a:b\r\n'.repeat(20_000)}\r\n`,
  },
  {
    name: 'N04 a header of 16 KB',
    bytes: (port) =>
      `GET /dashboard HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\nX: ${'x'.repeat(16_384)}\r\n\r\n`,
  },
  {
    name: 'N04 a target of 15 KB',
    bytes: (port) =>
      `GET /dashboard?${'x'.repeat(15_000)} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
  },
]

test.describe('headers', () => testRequests(headers))
test.describe('the wire', () => testRequests(wire))

test('a table of requests finds a server out that lets them in, redirects elsewhere, or tells how it is built', async () => {
  const answers = [
    { status: 200, head: 'HTTP/1.1 200 OK', body: '' },
    { status: 500, head: 'HTTP/1.1 500', body: '' },
    { status: 307, head: 'HTTP/1.1 307\r\nlocation: //evil.test', body: '' },
    { status: 308, head: 'HTTP/1.1 308\r\nlocation: http://evil.test/dashboard', body: '' },
    { status: 307, head: 'HTTP/1.1 307\r\nlocation: /sign-in', body: '' },
    { status: 404, head: 'HTTP/1.1 404', body: 'Error: x\n    at y (/srv/lib/x.ts)' },
    { status: 404, head: 'HTTP/1.1 404\r\nset-cookie: x=1', body: '' },
  ]
  for (const answer of answers) expect(doorFlaws(answer, 1)).not.toEqual([])
  expect(doorFlaws({ status: 404, head: 'HTTP/1.1 404', body: '' }, 1)).toEqual([])
})

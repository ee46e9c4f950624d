import { beforeEach, expect, test, vi } from 'vitest'
import { openServiceClient } from './service-client.mjs'

const origin = 'https://billing.example'
const tokenOf = (sub: string, n: number) => `e30.${Buffer.from(JSON.stringify({ sub, n })).toString('base64url')}.c2ln`
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })

/** What the service is sent; it answers 401 as often as `refusals` says. */
let sent: Request[]
let refusals: number
/** The app's answers to those who ask for a token: the n-th, from 1. */
let appAnswers: (n: number) => Response | Promise<Response>
let asked: number

const ask = vi.fn(async () => appAnswers(++asked))
const token = (sub: string, n: number, life = 300) =>
  json(200, { access_token: tokenOf(sub, n), token_type: 'Bearer', expires_in: life })
const open = () => openServiceClient({ audience: origin, origin, ask })
const bearers = () => sent.map((request) => request.headers.get('authorization'))

beforeEach(() => {
  vi.useFakeTimers()
  asked = 0
  sent = []
  refusals = 0
  appAnswers = (n) => token('ann', n)
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(request)
    return refusals-- > 0 ? json(401, {}) : json(200, { hello: 'ann' })
  })
  return () => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
})

test('a call carries the token and nothing else of the page', async () => {
  const outcome = await open().call('/invoices', {
    method: 'POST',
    body: 'x',
    credentials: 'include',
    referrerPolicy: 'unsafe-url',
    redirect: 'follow',
    headers: { Authorization: 'Bearer other', 'X-Own': '1' },
  })
  expect(outcome).toMatchObject({ is: 'answered' })
  const [request] = sent
  expect(bearers()).toEqual([`Bearer ${tokenOf('ann', 1)}`])
  expect([request?.method, request?.url]).toEqual(['POST', `${origin}/invoices`])
  expect([request?.credentials, request?.referrerPolicy, request?.redirect]).toEqual(['omit', 'no-referrer', 'error'])
  expect(request?.headers.get('x-own')).toBe('1')
  expect(ask).toHaveBeenCalledWith('/api/auth/token', expect.objectContaining({ credentials: 'same-origin' }))
})

test.each([
  ['another host', 'https://evil.example/'],
  ['another host, spelled as a path', '//evil.example/'],
  ['another port', 'https://billing.example:8443/'],
  ['another scheme', 'http://billing.example/'],
  ['a host in front of ours', 'https://billing.example@evil.example/'],
  ['a backslash', '\\\\evil.example/'],
])('no token goes to %s', async (_, url) => {
  await expect(open().call(url)).rejects.toThrow(TypeError)
  expect([asked, sent]).toEqual([0, []])
})

test.each([['https://billing.example/'], ['http://billing.example'], ['null'], ['/']])(
  'there is no client for %s',
  (wrong) => {
    expect(() => openServiceClient({ audience: origin, origin: wrong, ask })).toThrow(TypeError)
  },
)

test('many callers wait for one token', async () => {
  const { call } = open()
  await Promise.all(Array.from({ length: 20 }, () => call('/')))
  expect([asked, sent.length]).toEqual([1, 20])
})

test('a token is asked for again before it expires', async () => {
  const { call } = open()
  await call('/')
  vi.advanceTimersByTime(239_000)
  await call('/')
  expect(asked).toBe(1)
  vi.advanceTimersByTime(2_000)
  await call('/')
  expect(asked).toBe(2)
  expect(bearers().at(-1)).toBe(`Bearer ${tokenOf('ann', 2)}`)
})

test('a 401 of the service is met once with a new token, body and all', async () => {
  refusals = 1
  const { call } = open()
  expect(await call('/', { method: 'POST', body: 'the body' })).toMatchObject({ is: 'answered' })
  expect(bearers()).toEqual([`Bearer ${tokenOf('ann', 1)}`, `Bearer ${tokenOf('ann', 2)}`])
  expect(await sent[1]?.text()).toBe('the body')
  refusals = 9
  expect(await call('/')).toEqual({ is: 'refused', code: 'by_service' })
  expect(sent).toHaveLength(4)
})

test('a 401 for many asks for one new token', async () => {
  const { call } = open()
  await call('/')
  refusals = 5
  await Promise.all(Array.from({ length: 5 }, () => call('/')))
  expect(asked).toBe(2)
})

test.each([
  ['no session', () => json(401, { code: 'unauthenticated' }), { is: 'signed_out' }],
  ['an unknown audience', () => json(400, { code: 'invalid_target' }), { is: 'refused', code: 'invalid_target' }],
  ['a limit', () => json(429, {}), { is: 'unreachable' }],
  ['trouble', () => json(503, {}), { is: 'unreachable' }],
  ['no JSON', () => new Response('<html>'), { is: 'unreachable' }],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), { is: 'unreachable' }],
])('%s at the app is an outcome of its own, and is asked for anew', async (_, answer, outcome) => {
  const { call } = open()
  appAnswers = answer
  expect(await call('/')).toEqual(outcome)
  expect(sent).toEqual([])
  appAnswers = (n) => token('ann', n)
  expect(await call('/')).toMatchObject({ is: 'answered' })
})

test('a session that has ended at both is signed out', async () => {
  const { call } = open()
  await call('/')
  refusals = 9
  appAnswers = () => json(401, { code: 'unauthenticated' })
  expect(await call('/')).toEqual({ is: 'signed_out' })
  expect(sent).toHaveLength(2)
})

test('nothing of this page is sent in the name of somebody who has signed in since', async () => {
  const { call, forget } = open()
  await call('/')
  forget()
  appAnswers = (n) => token('bob', n)
  expect(await call('/')).toEqual({ is: 'somebody_else' })
  expect(sent).toHaveLength(1)
})

test('a token that comes when it is to be forgotten is not kept', async () => {
  const { call, forget } = open()
  let arrive = (_: Response) => {}
  appAnswers = (n) => (n === 1 ? new Promise<Response>((resolve) => (arrive = resolve)) : token('ann', n))
  const first = call('/')
  await vi.advanceTimersByTimeAsync(0)
  forget()
  arrive(token('ann', 1))
  expect(await first).toEqual({ is: 'signed_out' })
  expect(sent).toEqual([])
  await call('/')
  expect(asked).toBe(2)
})

test('a service that cannot be reached signs nobody out', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await open().call('/')).toEqual({ is: 'unreachable' })
})

// @vitest-environment edge-runtime
// The gate as middleware.ts runs it: a request in, an answer out, in the edge VM.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { hashSid } from '../core/revocations'
import { goodClaims } from '../core/testing/token-forge'
import { expectGuarded, expectPrivate, openGateHouse, passedHeaders, secret } from './testing/gate-house'

afterEach(() => {
  vi.unstubAllEnvs()
})

const refresh = `AAECAwQFBgcICQoLDA0ODw.1.${'A'.repeat(43)}`
const sameOrigin = { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }
const cookie = (pairs: { at?: string; rt?: string }) => ({
  cookie: Object.entries(pairs)
    .map(([name, value]) => `handstamp-${name}=${value}`)
    .join('; '),
})

describe('a page behind the gate', () => {
  test('without a session leads to sign-in and back', async () => {
    const { ask, asked } = await openGateHouse()
    const answer = await ask('/dashboard?tab=1&x=%2F')
    expect(answer.status).toBe(307)
    expect(answer.headers.get('location')).toBe(
      `http://localhost:3000/sign-in?next=${encodeURIComponent('/dashboard?tab=1&x=%2F')}`,
    )
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(asked).toEqual([])
    expectGuarded(answer)
    expectPrivate(answer)
  })

  test('is passed on with a good token', async () => {
    const { ask, token, asked } = await openGateHouse()
    const answer = await ask('/dashboard', { headers: cookie({ at: await token() }) })
    expect(answer.headers.get('x-middleware-next')).toBe('1')
    expect(asked).toEqual(['/.well-known/jwks.json', '/.well-known/revocations'])
    expectGuarded(answer)
    expectPrivate(answer)
  })

  test('is refused to a session that was ended, as if its token were spent', async () => {
    const { sid } = goodClaims
    const { ask, token } = await openGateHouse({}, { ended: { sids: [await hashSid(sid)] } })
    const alone = await ask('/dashboard', { headers: cookie({ at: await token() }) })
    expect(alone.headers.get('location')).toBe('http://localhost:3000/sign-in?next=%2Fdashboard')
    const withRefresh = await ask('/dashboard', { headers: cookie({ at: await token(), rt: refresh }) })
    expect(withRefresh.headers.get('location')).toBe('http://localhost:3000/api/auth/refresh?next=%2Fdashboard')
    expect((await ask('/api/auth/session', { headers: cookie({ at: await token() }) })).status).toBe(401)
  })

  test('is left to Node while there is no revocation list to go by', async () => {
    const { ask, token } = await openGateHouse({}, { listed: false })
    const answer = await ask('/dashboard', { headers: cookie({ at: await token() }) })
    expect(answer.headers.get('x-middleware-next')).toBe('1')
    const forged = await ask('/dashboard', { headers: cookie({ at: 'x.y.z' }) })
    expect(forged.status).toBe(307)
  })

  test('with a spent token and a refresh cookie is refreshed on the way', async () => {
    const { ask, token } = await openGateHouse()
    const at = await token({ iat: 1_700_000_000, exp: 1_700_000_300, auth_time: 1_700_000_000 })
    for (const pairs of [{ at, rt: refresh }, { rt: refresh }]) {
      const answer = await ask('/dashboard', { headers: cookie(pairs) })
      expect(answer.status).toBe(307)
      expect(answer.headers.get('location')).toBe('http://localhost:3000/api/auth/refresh?next=%2Fdashboard')
      expectGuarded(answer)
      expectPrivate(answer)
    }
  })

  test('with a good token beside the refresh token of another session is nobody, and loses both', async () => {
    const { ask, token } = await openGateHouse()
    const answer = await ask('/dashboard', {
      headers: cookie({ at: await token(), rt: `${'B'.repeat(21)}A.1.${'A'.repeat(43)}` }),
    })
    expect(answer.headers.get('location')).toBe('http://localhost:3000/sign-in?next=%2Fdashboard')
    expect(answer.headers.getSetCookie()).toHaveLength(2)
  })

  test('with cookies that come twice loses them and leads to sign-in', async () => {
    const { ask, token } = await openGateHouse()
    const at = await token()
    const answer = await ask('/dashboard', {
      headers: { cookie: `handstamp-at=${at}; handstamp-at=${at}; handstamp-rt=${refresh}` },
    })
    expect(answer.headers.get('location')).toBe('http://localhost:3000/sign-in?next=%2Fdashboard')
    expect(answer.headers.getSetCookie()).toEqual([
      'handstamp-at=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
      'handstamp-rt=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    ])
  })

  test('with the cookies of two sessions is treated as without a session', async () => {
    const { ask, token } = await openGateHouse()
    const answer = await ask('/dashboard', {
      headers: cookie({ at: await token({ sid: 'EBESExQVFhcYGRobHB0eHw' }), rt: refresh }),
    })
    expect(answer.status).toBe(307)
  })

  test('is closed in every spelling that is not its own', async () => {
    const { ask } = await openGateHouse()
    for (const path of [
      '/Dashboard',
      '/%64ashboard',
      '/dashboard%2f',
      '/dashboard/',
      '//dashboard',
      '/dashboard%00',
      '/nowhere',
    ]) {
      const answer = await ask(path)
      expect([path, answer.status]).toEqual([path, 307])
    }
  })
})

describe('an API behind the gate', () => {
  test('answers every defect of a token with the same bytes', async () => {
    const { ask, token } = await openGateHouse()
    const good = await token()
    const [head = '', body = '', signature = ''] = good.split('.')
    const defects: Record<string, string> = {
      spent: await token({ iat: 1_700_000_000, exp: 1_700_000_300, auth_time: 1_700_000_000 }),
      'another issuer': await token({ iss: 'https://evil.example' }),
      'another audience': await token({ aud: 'lab' }),
      'another type': await token({}, { typ: 'lab+jwt' }),
      'alg none': `${btoa('{"alg":"none","typ":"at+jwt"}').replaceAll('=', '')}.${body}.`,
      'unknown kid': await token({}, { kid: 'nobody' }),
      'another signature': `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      'no token': 'x',
      'too large': 'x'.repeat(5000),
    }
    const answers = await Promise.all(
      Object.entries(defects).map(async ([name, at]) => {
        const answer = await ask('/api/auth/session', { headers: cookie({ at }) })
        const headers = [...answer.headers].map(([key, value]) => [key, value.replace(/'nonce-[^']+'/g, 'nonce')])
        return { name, status: answer.status, headers: JSON.stringify(headers), body: await answer.text() }
      }),
    )
    const without = await ask('/api/auth/session')
    const expected = await without.text()
    expect(JSON.parse(expected)).toMatchObject({ status: 401, code: 'unauthenticated' })
    for (const { name, status, body: text } of answers) expect([name, status, text]).toEqual([name, 401, expected])
    expect(new Set(answers.map(({ headers }) => headers)).size).toBe(1)
  })

  test('is passed on with a good token, and with a refresh token that Node can judge', async () => {
    const { ask, token } = await openGateHouse()
    for (const pairs of [{ at: await token() }, { rt: refresh }]) {
      const answer = await ask('/api/auth/session', { headers: cookie(pairs) })
      expect(answer.headers.get('x-middleware-next')).toBe('1')
    }
  })

  test('that is not declared is 401 for strangers and 404 for those who are signed in', async () => {
    const { ask, token } = await openGateHouse()
    expect((await ask('/api/nowhere')).status).toBe(401)
    expect((await ask('/api/nowhere', { headers: cookie({ at: await token() }) })).status).toBe(404)
  })
})

describe('without keys', () => {
  test('a request with a token is answered 503 and keeps its cookies; one without is answered as ever', async () => {
    const { ask, token } = await openGateHouse({}, { up: false })
    const at = await token()
    const answer = await ask('/dashboard', { headers: cookie({ at, rt: refresh }) })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(await answer.text()).not.toContain(at)
    expectGuarded(answer)
    expectPrivate(answer)
    expect((await ask('/api/auth/session', { headers: cookie({ at }) })).headers.get('content-type')).toContain(
      'application/problem+json',
    )
    expect((await ask('/dashboard')).status).toBe(307)
  })
})

describe('a wrong setting', () => {
  test.each([
    ['a missing AUTH_SECRET', { AUTH_SECRET: '' }, 'AUTH_SECRET is missing'],
    ['a short AUTH_SECRET', { AUTH_SECRET: 'c2hvcnQ' }, 'AUTH_SECRET must be'],
    ['an AUTH_SECRET of one letter', { AUTH_SECRET: 'A'.repeat(43) }, 'AUTH_SECRET must be'],
    ['an http APP_URL elsewhere', { APP_URL: 'http://app.example' }, 'APP_URL must be https'],
    ['a duration without a unit', { ACCESS_TTL: '300' }, 'ACCESS_TTL'],
  ])('such as %s is answered 503 to everything, by name', async (_name, settings, words) => {
    const { ask } = await openGateHouse(settings)
    for (const path of ['/', '/dashboard', '/api/auth/session', '/api/health/ready']) {
      const answer = await ask(path)
      const text = await answer.text()
      expect([path, answer.status]).toEqual([path, 503])
      expect(text).toContain(words)
      expect(text).not.toContain(secret)
      expect(answer.headers.get('retry-after')).toBe('30')
      expectGuarded(answer)
      expectPrivate(answer)
    }
  })
})

describe('a host that is not ours', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'localhost:3000@evil.example',
    'evil.example:3000',
  ])('%s is answered 421', async (host) => {
    const { ask } = await openGateHouse()
    const answer = await ask('/sign-in', { headers: { host } })
    expect(answer.status).toBe(421)
    expectGuarded(answer)
    expectPrivate(answer)
  })

  test('may still ask for the health and the keys', async () => {
    const { ask } = await openGateHouse()
    for (const path of ['/api/health/live', '/.well-known/jwks.json']) {
      expect((await ask(path, { headers: { host: '10.0.0.7:3000' } })).headers.get('x-middleware-next')).toBe('1')
    }
  })

  test('is, away from local mode, localhost itself', async () => {
    const { ask } = await openGateHouse({
      APP_URL: 'https://app.example',
      MAIL_URL: 'smtp://mail.example',
      MAIL_FROM: 'a@app.example',
    })
    expect((await ask('/sign-in', { headers: { host: 'localhost:3000' } })).status).toBe(421)
    expect((await ask('/sign-in')).headers.get('x-middleware-next')).toBe('1')
  })
})

describe('what is passed on', () => {
  test('has lost every header by which a client could claim to be somebody', async () => {
    const { ask } = await openGateHouse()
    const forged = [
      'x-user',
      'x-user-id',
      'x-session-id',
      'x-roles',
      'x-claims',
      'x-nonce',
      'x-handstamp-user',
      'x-forwarded-host',
      'forwarded',
      'x-original-url',
      'x-rewrite-url',
      'x-http-method-override',
      'x-middleware-subrequest',
    ]
    const headers = Object.fromEntries([
      ...forged.map((name) => [name, 'forged']),
      ['content-security-policy', "default-src 'forged'"],
    ])
    const passed = passedHeaders(
      await ask('/', { headers: { ...headers, 'accept-language': 'de', 'x-handstamp-peer': 'proof 192.0.2.1' } }),
    )
    for (const name of forged) expect(passed.has(name)).toBe(false)
    expect([...passed.values()].filter((value) => value?.includes('forged'))).toEqual([])
    expect(passed.get('accept-language')).toBe('de')
    expect(passed.get('x-handstamp-peer')).toBe('proof 192.0.2.1')
  })

  test('knows the nonce of its answer, which is new each time', async () => {
    const { ask } = await openGateHouse()
    const answers = await Promise.all([ask('/'), ask('/')])
    for (const answer of answers)
      expect(passedHeaders(answer).get('content-security-policy')).toBe(answer.headers.get('content-security-policy'))
    expect(answers[0].headers.get('content-security-policy')).not.toBe(
      answers[1].headers.get('content-security-policy'),
    )
  })

  test('as the same for everybody keeps its handler’s word on caching', async () => {
    const { ask } = await openGateHouse()
    const answer = await ask('/.well-known/jwks.json')
    expect(answer.headers.get('cache-control')).toBeNull()
    expect(answer.headers.get('cross-origin-resource-policy')).toBeNull()
    expectGuarded(answer)
  })
})

describe('an unsafe request', () => {
  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['from another port', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:4000' }, 403],
    ['without any sign of where it is from', {}, 403],
    ['that says it is too large', { ...sameOrigin, 'content-length': '16385' }, 413],
    ['whose length is no number', { ...sameOrigin, 'content-length': '1e3' }, 413],
    ['that is compressed', { ...sameOrigin, 'content-encoding': 'gzip' }, 415],
  ])('%s is refused', async (_name, headers, status) => {
    const { ask } = await openGateHouse()
    const answer = await ask('/api/auth/sign-in', { method: 'POST', headers })
    expect(answer.status).toBe(status)
    expectGuarded(answer)
    expectPrivate(answer)
  })

  test('from our own page goes on', async () => {
    const { ask } = await openGateHouse()
    expect(
      (await ask('/api/auth/sign-in', { method: 'POST', headers: sameOrigin })).headers.get('x-middleware-next'),
    ).toBe('1')
  })

  test('by a method that the address does not take names those that it takes', async () => {
    const { ask } = await openGateHouse()
    const answer = await ask('/api/auth/sign-in', { method: 'DELETE', headers: sameOrigin })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    expectGuarded(answer)
  })
})

describe('over https', () => {
  const settings = { APP_URL: 'https://app.example', MAIL_URL: 'smtp://mail.example', MAIL_FROM: 'a@app.example' }

  test('only the prefixed cookie counts, and answers ask for https in future', async () => {
    const { ask, token } = await openGateHouse(settings)
    const at = await token()
    expect((await ask('/dashboard', { headers: { cookie: `handstamp-at=${at}` } })).status).toBe(307)
    const answer = await ask('/dashboard', { headers: { cookie: `__Host-Http-handstamp-at=${at}` } })
    expect(answer.headers.get('x-middleware-next')).toBe('1')
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
  })

  test('the local pages and the demo are not there', async () => {
    const { ask } = await openGateHouse(settings)
    expect((await ask('/dev/mail')).status).toBe(404)
    expect((await ask('/api/auth/demo', { method: 'POST', headers: { origin: 'https://app.example' } })).status).toBe(
      404,
    )
  })
})

test('an answer to HEAD has no body', async () => {
  const { ask } = await openGateHouse()
  const answer = await ask('/api/auth/session', { method: 'HEAD' })
  expect([answer.status, await answer.text()]).toEqual([401, ''])
})

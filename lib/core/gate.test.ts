// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import type { Carried } from './carriers'
import { bodyMost, decideSeen, decideUnseen, type GateDecision, type GateRequest, type Place } from './gate'
import { matchRoute, routes } from './routes'

const request = (pathname: string, changes: Partial<GateRequest> = {}): GateRequest => ({
  method: 'GET',
  pathname,
  search: '',
  contentLength: null,
  contentEncoding: null,
  sameOrigin: false,
  ...changes,
})
const post = (pathname: string, changes: Partial<GateRequest> = {}) =>
  request(pathname, { method: 'POST', sameOrigin: true, ...changes })
const here: Place = { local: true, lab: 'on' }
const elsewhere: Place = { local: false, lab: 'on' }
const pass: GateDecision = { do: 'pass', shared: false }
const refuse = (code: string) => ({ do: 'refuse', code })

describe('before the token is known', () => {
  const table: [sentence: string, request: GateRequest, answer: object][] = [
    ['a public page passes', request('/'), pass],
    ['a public handler passes', request('/api/health/live'), pass],
    [
      'the public keys pass, for everybody to read and keep',
      request('/.well-known/jwks.json', { method: 'OPTIONS' }),
      { do: 'pass', shared: true },
    ],
    ['a private page is looked at', request('/dashboard'), { do: 'verify', route: matchRoute('/dashboard') }],
    ['a guest page is looked at', request('/sign-in'), { do: 'verify', route: matchRoute('/sign-in') }],
    [
      'a private handler is looked at',
      request('/api/auth/session'),
      { do: 'verify', route: matchRoute('/api/auth/session') },
    ],
    ['a path that nobody declared is looked at', request('/%64ashboard'), { do: 'verify', route: null }],
    [
      'a method that a page does not take',
      post('/dashboard'),
      { ...refuse('method_not_allowed'), allow: ['GET', 'HEAD'] },
    ],
    ['I06 signing out by GET', request('/api/auth/sign-out'), { ...refuse('method_not_allowed'), allow: ['POST'] }],
    ['TRACE', request('/', { method: 'TRACE' }), refuse('method_not_allowed')],
    ['a method in lower case', request('/', { method: 'get' }), refuse('method_not_allowed')],
    ['our own post to a public handler passes', post('/api/auth/sign-in'), pass],
    [
      "another's post to a public handler",
      post('/api/auth/sign-in', { sameOrigin: false }),
      refuse('forbidden_origin'),
    ],
    ["another's post to a path that nobody declared", post('/x', { sameOrigin: false }), refuse('forbidden_origin')],
    ['another method of an undeclared path', request('/x', { method: 'DELETE' }), refuse('forbidden_origin')],
    ['a body of 16 KB passes', post('/api/auth/sign-in', { contentLength: String(bodyMost) }), pass],
    [
      'a body of one byte more',
      post('/api/auth/sign-in', { contentLength: String(bodyMost + 1) }),
      refuse('body_too_large'),
    ],
    ...['-1', '1e3', '0x10', ' 1', '1, 1', '', '9'.repeat(30), 'Infinity'].map(
      (contentLength): [string, GateRequest, object] => [
        `a length of "${contentLength}"`,
        post('/api/auth/sign-in', { contentLength }),
        refuse('body_too_large'),
      ],
    ),
    ['a compressed body', post('/api/auth/sign-in', { contentEncoding: 'gzip' }), refuse('unsupported_media_type')],
    [
      'an identity encoding that is named',
      post('/api/auth/sign-in', { contentEncoding: 'identity' }),
      refuse('unsupported_media_type'),
    ],
  ]
  test.each(table)('%s', (_, asked, answer) => {
    expect(decideUnseen(asked, here)).toMatchObject(answer)
  })

  test.each(
    routes.filter(({ local }) => local).map(({ path, methods }) => [path.replace('[id]', 'x'), methods[0] ?? 'GET']),
  )('%s exists in local mode and nowhere else', (path, method) => {
    const asked = request(path, { method, sameOrigin: true })
    expect(decideUnseen(asked, here)).toEqual(pass)
    expect(decideUnseen(asked, elsewhere)).toEqual(refuse('not_found'))
    expect(decideUnseen({ ...asked, method: 'DELETE' }, elsewhere)).toEqual(refuse('not_found'))
  })

  test('no undeclared path ever passes unseen', () => {
    for (const path of ['/Dashboard', '/dashboard/', '/dashboard.png', '/api/x', '/.well-known/x', '/_next/x']) {
      expect(decideUnseen(request(path), here)).toEqual({ do: 'verify', route: null })
    }
  })
})

const none: Carried = { access: null, refresh: null, refreshSid: null, problem: 'missing' }
const withRefresh: Carried = { access: null, refresh: 'rt', refreshSid: 'sid', problem: null }
const duplicated: Carried = { ...none, problem: 'duplicated' }

describe('once the token was looked at', () => {
  const signIn = (next: string, clear = false): GateDecision => ({ do: 'redirect', to: `/sign-in?next=${next}`, clear })
  const refresh = (next: string): GateDecision => ({
    do: 'redirect',
    to: `/api/auth/refresh?next=${next}`,
    clear: false,
  })
  const table: [sentence: string, request: GateRequest, carried: Carried, authentic: boolean, answer: GateDecision][] =
    [
      ['a good token opens a private page', request('/dashboard'), withRefresh, true, pass],
      ['a good token opens a private handler', request('/api/auth/session'), withRefresh, true, pass],
      ['a good token sees the sign-in page, which decides', request('/sign-in'), withRefresh, true, pass],
      ['a good token on an undeclared page meets the app’s 404', request('/x'), withRefresh, true, pass],
      [
        'a good token on an undeclared handler meets 404',
        request('/api/x'),
        withRefresh,
        true,
        { do: 'refuse', code: 'not_found' },
      ],
      ['nothing: a private page leads to sign-in', request('/dashboard'), none, false, signIn('%2Fdashboard')],
      ['nothing: an undeclared page leads there as well', request('/x'), none, false, signIn('%2Fx')],
      [
        'nothing: an undeclared spelling is not the page',
        request('/%64ashboard'),
        none,
        false,
        signIn('%2F%2564ashboard'),
      ],
      [
        'the query comes along, encoded',
        request('/dashboard', { search: '?a=1&next=//e' }),
        none,
        false,
        signIn('%2Fdashboard%3Fa%3D1%26next%3D%2F%2Fe'),
      ],
      ['two cookies of one name are cleared', request('/dashboard'), duplicated, false, signIn('%2Fdashboard', true)],
      [
        'a refresh cookie on a private page leads to the refresh',
        request('/dashboard', { search: '?a=1' }),
        withRefresh,
        false,
        refresh('%2Fdashboard%3Fa%3D1'),
      ],
      [
        'a refresh cookie on an undeclared page leads there as well',
        request('/x'),
        withRefresh,
        false,
        refresh('%2Fx'),
      ],
      [
        'a refresh cookie on a guest page is refreshed first, and leads nowhere in particular',
        request('/sign-in'),
        withRefresh,
        false,
        refresh(''),
      ],
      [
        'a refresh cookie on a guest page leads to where that one would lead',
        request('/sign-in', { search: '?next=%2Fa%3Fb%3D1&x=2' }),
        withRefresh,
        false,
        refresh('%2Fa%3Fb%3D1'),
      ],
      [
        'a broken next comes along as text, for the refresh to refuse',
        request('/sign-in', { search: '?next=//e&next=%zz%ff' }),
        withRefresh,
        false,
        refresh('%2F%2Fe'),
      ],
      ['nothing: a guest page opens', request('/sign-in'), none, false, pass],
      ['two cookies of one name: a guest page opens', request('/sign-in'), duplicated, false, pass],
      [
        'a refresh cookie: a declared handler refreshes in place',
        request('/api/auth/session'),
        withRefresh,
        false,
        pass,
      ],
      [
        'nothing: a private handler says 401',
        request('/api/auth/session'),
        none,
        false,
        { do: 'refuse', code: 'unauthenticated' },
      ],
      [
        'two cookies of one name: a private handler says 401',
        request('/api/auth/session'),
        duplicated,
        false,
        { do: 'refuse', code: 'unauthenticated' },
      ],
      [
        'nothing: an undeclared handler says 401, not 404',
        request('/api/x'),
        none,
        false,
        { do: 'refuse', code: 'unauthenticated' },
      ],
      [
        'a refresh cookie: an undeclared handler says 401',
        request('/api/x'),
        withRefresh,
        false,
        { do: 'refuse', code: 'unauthenticated' },
      ],
      [
        'an undeclared well-known path says 401',
        request('/.well-known/x'),
        withRefresh,
        false,
        { do: 'refuse', code: 'unauthenticated' },
      ],
      ['a refresh cookie does not carry a write along to the refresh', post('/x'), withRefresh, false, signIn('%2Fx')],
    ]
  test.each(table)('%s', (_, asked, carried, authentic, answer) => {
    expect(decideSeen(asked, matchRoute(asked.pathname), carried, authentic)).toEqual(answer)
  })

  test.each([['GET'], ['HEAD']])('a redirect of %s always leads to a route that takes the same method', (method) => {
    for (const path of ['/dashboard', '/sign-in', '/x']) {
      for (const carried of [none, withRefresh, duplicated]) {
        const asked = request(path, { method })
        const decision = decideSeen(asked, matchRoute(path), carried, false)
        if (decision.do !== 'redirect') continue
        const { pathname } = new URL(decision.to, 'https://app.example')
        expect(decideUnseen({ ...asked, pathname }, here).do, `${method} ${path} → ${pathname}`).not.toBe('refuse')
      }
    }
  })

  test('nothing opens without a session but what is public, for guests, or answers for itself', () => {
    for (const route of routes) {
      const asked = request(route.path.replace('[id]', 'x'), { method: route.methods[0] ?? 'GET', sameOrigin: true })
      const unseen = decideUnseen(asked, here)
      const answer = unseen.do === 'verify' ? decideSeen(asked, unseen.route, none, false) : unseen
      expect(answer.do === 'pass').toBe(route.access !== 'session' || (route.held === true && asked.method === 'POST'))
    }
  })

  test('only handlers of posts may answer for themselves', () => {
    for (const { held, kind, methods, path } of routes) {
      if (!held) continue
      expect([kind, methods.includes('POST')]).toEqual(['handler', true])
      for (const method of methods.filter((one) => one !== 'POST')) {
        const asked = request(path, { method, sameOrigin: true })
        const unseen = decideUnseen(asked, here)
        expect(unseen.do === 'verify' && decideSeen(asked, unseen.route, none, false)).toMatchObject({ do: 'refuse' })
      }
    }
  })

  test('a page for guests that a refresh has led to with a message shows it, and leads to no other refresh', () => {
    const asked = request('/sign-in', { search: '?next=%2Fdashboard&flash=abc' })
    const unseen = decideUnseen(asked, here)
    const route = unseen.do === 'verify' ? unseen.route : null
    const holding = { ...none, refresh: 'a refresh token', problem: null }
    expect(decideSeen(asked, route, holding, false)).toEqual({ do: 'pass', shared: false })
    expect(decideSeen({ ...asked, search: '' }, route, holding, false)).toMatchObject({ do: 'redirect' })
  })
})

describe('the lab', () => {
  const { access, refresh, none } = { access: 'x', refresh: 'y', none: null }
  const lab = routes.filter((route) => route.lab)
  const holding = (text: string | null): Carried => ({
    access: text && access,
    refresh: text,
    refreshSid: none,
    problem: null,
  })
  test('has pages, all of them under /lab, and handlers under /api/lab', () => {
    expect(lab.length).toBeGreaterThan(0)
    for (const { path } of lab) expect(path).toMatch(/^(\/api)?\/lab(\/|$)/)
  })
  test.each(lab.map((route) => [route.path, route] as const))('%s is nowhere with LAB=off', (path, route) => {
    for (const method of [...route.methods, 'PUT'])
      expect(decideUnseen(request(path, { method, sameOrigin: true }), { local: true, lab: 'off' })).toEqual(
        refuse('not_found'),
      )
  })
  const screens = lab.filter((route) => route.lab === true && !route.held)
  test('has one door where the gate alone decides, and it stays closed with LAB=public', () => {
    const route = lab.find(({ path }) => path === '/api/lab/gate')
    const asked = request('/api/lab/gate')
    expect(decideUnseen(asked, { local: false, lab: 'public' })).toEqual({ do: 'verify', route })
    expect(decideSeen(asked, route ?? null, holding(null), false)).toEqual(refuse('unauthenticated'))
    expect(decideSeen(asked, route ?? null, holding(null), true)).toEqual(pass)
  })
  test('has a page and a handler where the gate decides nothing, and takes posts from our own origin alone', () => {
    for (const path of ['/lab/probe', '/api/lab/probe']) expect(decideUnseen(request(path), here)).toEqual(pass)
    const foreign = request('/lab/probe', { method: 'POST', sameOrigin: false })
    expect(decideUnseen(foreign, here)).toEqual(refuse('forbidden_origin'))
    expect(decideUnseen({ ...foreign, sameOrigin: true }, here)).toEqual(pass)
  })
  test.each(screens.map((route) => [route.path, route] as const))(
    '%s wants a session, unless it is public',
    (path, route) => {
      const asked = request(path, { method: route.methods.includes('GET') ? 'GET' : 'POST', sameOrigin: true })
      expect(decideUnseen(asked, here)).toEqual({ do: 'verify', route })
      expect(decideSeen(asked, route, holding(null), false)).not.toEqual(pass)
      expect(decideUnseen(asked, { local: false, lab: 'public' })).toEqual({ do: 'verify', route, open: true })
      expect(decideSeen(asked, route, holding(null), false, true)).toEqual(pass)
      // A session that can be refreshed is, so that the page shows it.
      if (route.kind === 'page')
        expect(decideSeen(asked, route, holding(refresh), false, true)).toMatchObject({
          to: `/api/auth/refresh?next=${encodeURIComponent(path)}`,
        })
      const foreign = decideUnseen(request(path, { method: 'POST' }), { local: false, lab: 'public' })
      if (route.methods.includes('POST')) expect(foreign).toEqual(refuse('forbidden_origin'))
    },
  )
})

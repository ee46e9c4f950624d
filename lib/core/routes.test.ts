// @vitest-environment edge-runtime
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchRoute, routes, speaksJson } from './routes'

describe('deny by default: a path that is not declared byte for byte meets no route', () => {
  test.each([
    ['/%64ashboard'],
    ['/Dashboard'],
    ['/DASHBOARD'],
    ['/dashboard/'],
    ['/dashboard.png'],
    ['/dashboard.rsc'],
    ['/dashboard.json'],
    ['/dashboard;x'],
    ['/dashboard%00'],
    ['/dashboard%2f'],
    ['/dashboard '],
    ['//dashboard'],
    ['/./dashboard'],
    ['/x/../dashboard'],
    ['/dashboard/x'],
    ['/dashboardx'],
    ['dashboard'],
    [''],
    ['//'],
    ['/_next/data/x/dashboard.json'],
    ['/en/dashboard'],
    ['/dash\\board'],
    ['/sign-in/'],
    ['/SIGN-IN'],
    ['/sign%2din'],
    ['/api/auth/sign-in/'],
    ['/api'],
    ['/api/'],
    ['/API/auth/sign-in'],
    ['/api/auth'],
    ['/api/auth/session/x'],
    ['/.well-known/JWKS.json'],
    ['/.well-known/jwks'],
    ['/__proto__'],
    ['/constructor'],
    ['/toString'],
  ])('%j', (path) => {
    expect(matchRoute(path)).toBeNull()
  })

  test('no other path than a declared one is public', () => {
    const open = new Set(routes.map(({ path }) => path))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webPath(),
          fc.string().map((text) => `/${text}`),
          fc.constantFrom(...open).map((path) => `${path}/`),
        ),
        (path) => {
          const route = matchRoute(path)
          if (route) expect(open.has(path) || route.path.includes('[')).toBe(true)
        },
      ),
    )
  })
})

describe('a declared path', () => {
  test.each(routes.filter(({ path }) => !path.includes('[')).map((route) => [route.path, route] as const))(
    '%s meets its own declaration',
    (path, route) => {
      expect(matchRoute(path)).toBe(route)
    },
  )

  test('is declared once', () => {
    expect(new Set(routes.map(({ path }) => path)).size).toBe(routes.length)
  })

  test('is private where a session is shown', () => {
    expect(matchRoute('/dashboard')?.access).toBe('session')
    expect(matchRoute('/api/auth/session')?.access).toBe('session')
  })

  test('a page is read, never written to: unsafe methods belong to handlers, but for the action that attacks are shown to', () => {
    const written = routes.filter(({ kind, methods }) => kind === 'page' && methods.join(' ') !== 'GET HEAD')
    expect(written.map(({ path, methods }) => [path, ...methods])).toEqual([['/lab/probe', 'GET', 'HEAD', 'POST']])
  })

  test('I06 signing out is never done by reading', () => {
    expect(matchRoute('/api/auth/sign-out')?.methods).toEqual(['POST'])
  })

  test('of the development pages exists in local mode only', () => {
    for (const route of routes)
      if (route.path.startsWith('/dev/') || route.path === '/api/auth/demo') expect(route.local).toBe(true)
  })
})

describe('a free segment', () => {
  test.each([['/dev/mail/1'], ['/dev/mail/AAECAw-_9'], [`/dev/mail/${'a'.repeat(64)}`]])('takes %j', (path) => {
    expect(matchRoute(path)?.path).toBe('/dev/mail/[id]')
  })
  test.each([
    ['/dev/mail/'],
    ['/dev/mail/.'],
    ['/dev/mail/..'],
    ['/dev/mail/a/b'],
    ['/dev/mail/a%2fb'],
    ['/dev/mail/a.eml'],
    [`/dev/mail/${'a'.repeat(65)}`],
    ['/dev/mail/\n'],
    ['/dev/mail/a\n'],
    ['/Dev/mail/1'],
  ])('does not take %j', (path) => {
    expect(matchRoute(path)).toBeNull()
  })
})

test.each([
  ['/api/x', true],
  ['/api/', true],
  ['/.well-known/x', true],
  ['/api', false],
  ['/apix', false],
  ['/', false],
  ['/x/api/', false],
])('errors of %s are spoken in JSON: %s', (path, json) => {
  expect(speaksJson(path)).toBe(json)
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Route } from '../lib/core/routes'
import { compareRoutes } from './check-routes'

let app = ''
beforeEach(() => {
  app = mkdtempSync(join(tmpdir(), 'handstamp-app-'))
})
afterEach(() => rmSync(app, { recursive: true, force: true }))

const write = (file: string, source = '') => {
  mkdirSync(dirname(join(app, file)), { recursive: true })
  writeFileSync(join(app, file), source)
}
const page = (path: string): Route => ({ path, kind: 'page', access: 'session', methods: ['GET', 'HEAD'] })
const handler = (path: string, ...methods: string[]): Route => ({ path, kind: 'handler', access: 'public', methods })

describe('comparing app/ with the declared routes', () => {
  it('agrees when both are the same, through groups, segments and dotted folders', () => {
    write('(site)/page.tsx')
    write('dev/mail/[id]/page.tsx')
    write('(auth)/api/auth/refresh/route.ts', 'export const GET = answer(refresh)\nexport async function POST() {}')
    write('.well-known/jwks.json/route.ts', 'const GET = 1\nexport { GET }')
    write('lab/page.lab.tsx')
    write('api/lab/route.lab.ts', 'export const POST = answer')
    write('lab/layout.lab.tsx')
    write('lab/page.other.tsx')
    write('layout.tsx')
    write('not-found.tsx')
    write('error.tsx')
    write('(site)/loading.tsx')
    write('_components/page.tsx')
    const declared = [
      page('/'),
      page('/lab'),
      handler('/api/lab', 'POST'),
      page('/dev/mail/[id]'),
      handler('/api/auth/refresh', 'GET', 'POST'),
      handler('/.well-known/jwks.json', 'GET', 'HEAD', 'OPTIONS'),
    ]
    expect(compareRoutes(app, declared)).toEqual([])
  })

  it('names a page that is not declared, and the line that declares it', () => {
    write('(account)/billing/page.tsx')
    expect(compareRoutes(app, [])).toEqual([
      "app/(account)/billing/page.tsx is not declared. Add to lib/core/routes.ts, with the access it needs: page('/billing', 'session')",
    ])
  })

  it('names a handler that is not declared, with its methods', () => {
    write('api/x/route.ts', 'export async function DELETE() {}\n// export const PUT = 1\nexport { a as PATCH }')
    expect(compareRoutes(app, [])[0]).toContain("handler('/api/x', 'session', 'PATCH', 'DELETE')")
  })

  it('names a declaration without a file', () => {
    expect(compareRoutes(app, [page('/gone')])).toEqual([
      'lib/core/routes.ts declares the page /gone, which is not there. Add app/gone/page.tsx, or remove the line.',
    ])
  })

  it('names a method that is served and not declared, and one that is declared and not served', () => {
    write('api/x/route.ts', 'export const { GET, POST } = handlers')
    const faults = compareRoutes(app, [handler('/api/x', 'GET', 'HEAD', 'PUT')])
    expect(faults).toHaveLength(2)
    expect(faults[0]).toContain("Add 'POST' to /api/x")
    expect(faults[1]).toContain("Remove 'PUT' from /api/x")
  })

  it('refuses HEAD where there is no GET', () => {
    write('api/x/route.ts', 'export const POST = 1')
    expect(compareRoutes(app, [handler('/api/x', 'POST', 'HEAD')])[0]).toContain("Remove 'HEAD'")
  })

  it('refuses a page that is declared as a handler', () => {
    write('x/page.tsx')
    expect(compareRoutes(app, [handler('/x', 'GET')])).toEqual([
      'app/x/page.tsx is a page, but lib/core/routes.ts declares /x as a handler.',
    ])
  })
})

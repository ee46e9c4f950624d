// The front door's headers are those of the gate, and nothing leaves without them.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { fixedSecurityHeaders } from '../lib/core/response-headers'
import { completeOnLeaving, securityHeaders } from './answer-headers.mjs'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const answerOf = async (status: number, headers: Record<string, string>): Promise<Response> => {
  const server = createServer((_, response) => {
    completeOnLeaving(response, true)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.writeHead(status)
    response.end()
  })
  stops.push(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' })
}

describe('what every answer carries', () => {
  test.each([true, false])('is what the gate sets too, with https %s', (secure) => {
    const { 'content-security-policy': policy, ...rest } = securityHeaders(secure)
    expect(rest).toEqual(Object.fromEntries(fixedSecurityHeaders(secure)))
    expect(policy).toContain("default-src 'none'")
  })

  test("is put on a redirect of Next's own, which nobody may keep", async () => {
    const { headers } = await answerOf(308, { location: '/dashboard' })
    for (const [name, value] of Object.entries(securityHeaders(true))) expect(headers.get(name)).toBe(value)
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('vary')).toBe('Cookie')
  })

  test('leaves what is there, and files to the caches', async () => {
    const { headers } = await answerOf(200, { 'content-security-policy': 'x', 'cache-control': 'public, max-age=60' })
    expect(headers.get('content-security-policy')).toBe('x')
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.get('vary')).toBeNull()
  })

  test('does not unkeep a file that has not changed', async () => {
    expect((await answerOf(304, {})).headers.get('cache-control')).toBeNull()
  })

  test('says that a private answer differs by cookie, beside what it differs by already', async () => {
    const { headers } = await answerOf(200, { 'cache-control': 'private', vary: 'rsc' })
    expect(headers.get('vary')).toBe('Cookie, rsc')
  })
})

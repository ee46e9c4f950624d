// The hook as the front door calls it, and the conditions under which there is one at all.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { now, setClockOffset } from '../lib/clock'
import { openTestHooks } from './test-hooks.mjs'

const token = randomBytes(32).toString('base64url')
const path = '/__test/clock'
const hour = 3_600_000
let server: Server
let origin = ''

beforeEach(async () => {
  const hooks = openTestHooks(token)
  server = createServer((request, response) => hooks?.answer(request, response) ?? response.writeHead(418).end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  setClockOffset(0)
})

const call = async (body: string, authorization = `Bearer ${token}`, to = path, method = 'POST') => {
  const response = await fetch(origin + to, { method, headers: { authorization }, ...(method === 'POST' && { body }) })
  return [response.status, await response.text()] as const
}
// To the second; `+ 0`, as a millisecond between the two readings rounds to -0.
const ahead = () => Math.round((now() - Date.now()) / 1000) * 1000 + 0

describe('the clock of a server under TEST_HOOKS', () => {
  it('is moved on, back, and set right again', async () => {
    expect(await call(`{"advance":${hour}}`)).toEqual([200, `{"offset":${hour}}`])
    expect(ahead()).toBe(hour)
    expect(await call(`{"advance":${-3 * hour}}`)).toEqual([200, `{"offset":${-2 * hour}}`])
    expect(ahead()).toBe(-2 * hour)
    expect(await call('{"reset":true}')).toEqual([200, '{"offset":0}'])
    expect(ahead()).toBe(0)
  })

  it.each([
    ['no token', ''],
    ['another token', `Bearer ${randomBytes(32).toString('base64url')}`],
    ['a part of the token', `Bearer ${token.slice(0, -1)}`],
    ['more than the token', `Bearer ${token}A`],
    ['the bare token', token],
    ['another scheme', `Basic ${token}`],
  ])('stays where it is for %s', async (_, authorization) => {
    expect(await call(`{"advance":${hour}}`, authorization)).toEqual([401, '{"code":"unauthenticated"}'])
    expect(ahead()).toBe(0)
  })

  it.each([
    '',
    'x',
    'null',
    '{}',
    '[]',
    '{"advance":"1"}',
    '{"advance":1.5}',
    '{"advance":1e300}',
    '{"advance":3153600000001}',
    '{"reset":false}',
    '{"reset":false,"advance":1}',
  ])('stays where it is for the body %j', async (body) => {
    expect((await call(body))[0]).toBe(422)
    expect(ahead()).toBe(0)
  })

  it.each([
    ['GET', path],
    ['POST', `${path}/`],
    ['POST', `${path}?x`],
    ['POST', '/__TEST/clock'],
  ])('leaves %s %s to the app', async (method, to) => {
    expect((await call('{"reset":true}', undefined, to, method))[0]).toBe(418)
  })
})

it.each(['x', 'c2hvcnQ', randomBytes(31).toString('base64url')])('there is no hook by the token %s', (weak) => {
  expect(openTestHooks(weak)).toBeNull()
})

it('nothing loads this module but the server, and that not before it has a token', () => {
  const sources = ['scripts', 'lib', 'app', '.'].flatMap((folder) =>
    readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' })
      .filter((name) => /\.(?:mjs|js|tsx?)$/.test(name) && !name.includes('.test.'))
      .map((name) => join(folder, name)),
  )
  const naming = (pattern: RegExp) => sources.filter((file) => pattern.test(readFileSync(file, 'utf8')))
  expect(naming(/import\('[^']*test-hooks/)).toEqual(['scripts/serve.mjs'])
  expect(naming(/(?:from|import) '[^']*test-hooks/)).toEqual([])
})

import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bodyMost } from './front-door.mjs'
import { whenBodyIsHere } from './whole-body.mjs'

let server: Server
let port = 0
let calls: boolean[] = []

beforeEach(async () => {
  calls = []
  server = createServer((incoming, response) =>
    whenBodyIsHere(incoming, async (fits) => {
      calls.push(fits)
      response.end(fits ? String((await text(incoming)).length) : 'too large')
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** @param length `null` sends it in chunks without a length */
const post = async (pieces: readonly string[], length: number | null): Promise<string> => {
  const headers: Record<string, number> = length === null ? {} : { 'content-length': length }
  const outgoing = request({ port, host: '127.0.0.1', method: 'POST', headers })
  outgoing.on('error', () => undefined)
  const answered: Promise<IncomingMessage> = new Promise((resolve) => outgoing.once('response', resolve))
  for (const piece of pieces) {
    outgoing.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  outgoing.end()
  return text(await answered)
}
const half = 'x'.repeat(bodyMost / 2)

it.each([
  ['no body', [], 0],
  ['one byte', ['x'], 1],
  ['exactly 16 KB', [half, half], bodyMost],
])('hands over %s, unread, with a length and in chunks', async (_, pieces, length) => {
  expect(await post(pieces, length)).toBe(String(length))
  expect(await post(pieces, null)).toBe(String(length))
  expect(calls).toEqual([true, true])
})

it('says once that a body in chunks is too large, at its first byte over 16 KB', async () => {
  expect(await post([half, half, 'x', half, half], null)).toBe('too large')
  expect(calls).toEqual([false])
})

it('never calls for a body that does not come to its end', async () => {
  const outgoing = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': 10 } })
  outgoing.on('error', () => undefined)
  outgoing.write('x')
  await new Promise((resolve) => setTimeout(resolve, 50))
  outgoing.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(calls).toEqual([])
})

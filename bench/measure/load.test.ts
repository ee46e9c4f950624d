// The client refuses what is not the right answer.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { load } from './load'

type Answer = (cookie: string | undefined, turn: number) => { status?: number; body: string }

const serve = async (answer: Answer) => {
  let turn = 0
  const server = createServer((request, response) => {
    const { status = 200, body } = answer(request.headers.cookie, turn++)
    response.writeHead(status).end(body)
  }).listen(0)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port')
  return { url: new URL(`http://localhost:${address.port}/`), asked: () => turn }
}

const ann = { cookie: 'sid=ann', marker: 'ann@example.com' }
const bob = { cookie: 'sid=bob', marker: 'bob@example.com' }

test('right answers are counted, each with its time', async () => {
  const { url, asked } = await serve((cookie) => ({ body: cookie === 'sid=ann' ? ann.marker : bob.marker }))
  const { requests, latencies, seconds } = await load(url, [ann, bob], 2, { milliseconds: 60 })
  expect(requests).toBe(asked())
  expect(latencies).toHaveLength(requests)
  expect(seconds).toBeGreaterThanOrEqual(0.06)
})

test('as many are asked as are wanted, no more', async () => {
  const { url, asked } = await serve(() => ({ body: ann.marker }))
  await load(url, [ann], 3, { requests: 20 })
  expect(asked()).toBe(20)
})

test.each<[string, Answer]>([
  ['another status', (_, turn) => (turn < 5 ? { body: ann.marker } : { status: 307, body: ann.marker })],
  ['a page for nobody', (_, turn) => ({ body: turn < 5 ? ann.marker : 'Sign in' })],
  ["another's page", (_, turn) => ({ body: turn < 5 ? ann.marker : bob.marker })],
])('%s, once, ends the run', async (_, answer) => {
  const { url } = await serve(answer)
  await expect(load(url, [ann], 2, { requests: 20 })).rejects.toThrow(/answered by 307|does not name ann@example.com/)
})

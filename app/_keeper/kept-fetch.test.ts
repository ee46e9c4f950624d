import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keptFetch } from './kept-fetch'
import { setPageUser } from './page-user'

const origin = 'https://app.example'
const notes = `${origin}/api/notes`
const served = { date: 'Sat, 01 Jan 2000 00:00:00 GMT' }
const alive = {
  user: { id: 'u' },
  session: { id: 's', expiresAt: '2000-01-02', idleExpiresAt: '2000-01-02', authTime: '2000-01-01' },
  token: { expiresAt: '2000-01-01T00:05:00Z' },
}

const refusal = (status: number, code: string) => ({ status, body: { code } })
let asked: string[]
let answers: { status: number; body: unknown }[]
let sessionStatus: number

beforeEach(() => {
  asked = []
  sessionStatus = 200
  vi.stubGlobal('location', { origin })
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', async (input: Request | string) => {
    if (input === '/api/auth/session') {
      asked.push('session')
      return Response.json(alive, { status: sessionStatus, headers: served })
    }
    const request = input as Request
    asked.push(`${request.method} ${await request.text()}`)
    const { status, body } = answers.shift() ?? { status: 500, body: {} }
    return Object.defineProperty(Response.json(body, { status }), 'url', { value: request.url })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const post = (url = notes) => keptFetch(url, { method: 'POST', body: 'a note' })

it('sends a refused call once more, with its body, after asking who is there', async () => {
  answers = [refusal(401, 'unauthenticated'), { status: 200, body: 'saved' }]
  expect(await (await post()).json()).toBe('saved')
  expect(asked).toEqual(['POST a note', 'session', 'POST a note'])
})

it('sends it once more and no more', async () => {
  answers = [refusal(401, 'unauthenticated'), refusal(401, 'unauthenticated')]
  expect((await post()).status).toBe(401)
  expect(asked).toHaveLength(3)
})

it('hands the refusal on when the session is over', async () => {
  answers = [refusal(401, 'unauthenticated')]
  sessionStatus = 401
  expect(await (await post()).json()).toEqual({ code: 'unauthenticated' })
  expect(asked).toEqual(['POST a note', 'session'])
})

it.each([
  ['a wrong password', refusal(401, 'invalid_credentials')],
  ['a fault of the server', refusal(503, 'temporarily_unavailable')],
  ['a need for a fresh proof', refusal(403, 'reauthentication_required')],
  ['a success', { status: 200, body: {} }],
])('leaves %s as it is', async (_, answer) => {
  answers = [answer]
  expect((await post()).status).toBe(answer.status)
  expect(asked).toEqual(['POST a note'])
})

it("takes no other origin's word for it", async () => {
  answers = [refusal(401, 'unauthenticated')]
  expect((await post('https://elsewhere.example/api')).status).toBe(401)
  expect(asked).toEqual(['POST a note'])
})

it('is not sent again as somebody else, who has signed in here meanwhile', async () => {
  setPageUser('another')
  answers = [refusal(401, 'unauthenticated'), { status: 200, body: 'saved' }]
  expect((await post()).status).toBe(401)
  expect(asked).toEqual(['POST a note', 'session'])
  setPageUser('u')
})

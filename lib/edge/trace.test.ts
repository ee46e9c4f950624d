// @vitest-environment edge-runtime
// What the gate tells the lab: the real steps of this request, and nothing that a client brought along.
import { afterEach, expect, test, vi } from 'vitest'
import { deriveTraceKey, gateSteps, openTrace } from '../core/gate-trace'
import { traceHeader } from '../core/identity-headers'
import { openGateHouse, passedHeaders, secret } from './testing/gate-house'

afterEach(() => {
  vi.unstubAllEnvs()
})

type Answer = Parameters<typeof passedHeaders>[0]
const traceOf = async (answer: Answer) =>
  openTrace(await deriveTraceKey(secret), passedHeaders(answer).get(traceHeader) ?? null, Date.now())
const at = (token: string) => ({ cookie: `handstamp-at=${token}` })

test('the page of a request is told every step of the gate, in order, with its time', async () => {
  const { ask, token } = await openGateHouse()
  const trace = await traceOf(await ask('/lab/request', { headers: at(await token()) }))
  expect(trace?.look).toBe('authentic')
  expect(trace?.steps.map(({ name }) => name)).toEqual(gateSteps.filter((name) => name !== 'unsealed'))
  for (const { micros } of trace?.steps ?? []) expect(micros).toBeGreaterThanOrEqual(0)
})

test('what a client says of it is taken away, there and everywhere', async () => {
  const { ask, token } = await openGateHouse()
  const headers = { ...at(await token()), [traceHeader]: 'x.y' }
  expect((await traceOf(await ask('/lab/request', { headers })))?.look).toBe('authentic')
  expect(passedHeaders(await ask('/dashboard', { headers })).has(traceHeader)).toBe(false)
  expect(passedHeaders(await ask('/', { headers })).has(traceHeader)).toBe(false)
})

test('a token that is no good gets no further than elsewhere, and a public lab is told where it failed', async () => {
  const { ask, token } = await openGateHouse()
  const headers = at(await token({ aud: 'https://other.example' }))
  expect((await ask('/lab/request', { headers })).status).toBe(307)
  const open = await openGateHouse({ LAB: 'public' })
  const trace = await traceOf(await open.ask('/lab/request', { headers: at(await open.token({ aud: 'x' })) }))
  expect([trace?.look, trace?.steps.at(-1)?.name]).toEqual(['refused', 'iss'])
  expect((await traceOf(await open.ask('/lab/request')))?.steps).toEqual([])
})

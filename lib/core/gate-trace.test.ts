// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { deriveTraceKey, type GateTrace, openTrace, sealTrace } from './gate-trace'

const now = 1_800_000_000_000
const trace: GateTrace = { at: now, steps: [{ name: 'cookies', micros: 3 }], look: 'authentic' }
const secret = 'AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09o'
const key = deriveTraceKey(secret)
const other = deriveTraceKey('_Pfy7ejj3tnUz8rFwLu2sayno56ZlI-KhYB7dnFsZ2I')

describe('the trace of the gate', () => {
  test('is read by whoever has the key, for ten seconds', async () => {
    const text = await sealTrace(await key, trace)
    expect(await openTrace(await key, text, now)).toEqual(trace)
    expect(await openTrace(await key, text, now + 10_000)).toEqual(trace)
    expect(await openTrace(await key, text, now + 10_001)).toBeNull()
    expect(await openTrace(await key, text, now - 10_001)).toBeNull()
  })

  test('is nothing when anybody else has written it', async () => {
    const text = await sealTrace(await key, trace)
    const [body = '', mac = ''] = text.split('.')
    const [otherBody = ''] = (await sealTrace(await key, { ...trace, look: 'refused' })).split('.')
    const forged = [
      await sealTrace(await other, trace),
      `${otherBody}.${mac}`,
      `${body}.`,
      `.${mac}`,
      body,
      `${text}.`,
      `${text} `,
      '',
      'x.y',
      JSON.stringify(trace),
      null,
    ]
    for (const each of forged) expect(await openTrace(await key, each, now), String(each)).toBeNull()
  })
})

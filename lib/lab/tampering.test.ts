// Every way to change one's token is refused, each at its own step; only the untouched token is not.
import { describe, expect, test } from 'vitest'
import { enrol } from '../auth/testing/people'
import { openTrial, start } from '../auth/testing/trial'
import { traceSteps } from '../core/trace'
import { findTampering, tamper, tamperings } from './tampering'

const answers: Record<string, string | null> = {
  nothing: null,
  sub: 'signature',
  roles: 'signature',
  exp: 'signature',
  aud: 'signature',
  none: 'alg',
  hs256: 'alg',
  kid: 'unknown_kid',
  jku: 'header',
  typ: 'typ',
  bit: 'signature',
  zeros: 'signature',
  cut: 'malformed',
  space: 'malformed',
  huge: 'too_large',
}

describe.each(['off', 'on'])('with TOKEN_ENCRYPTION %s', (TOKEN_ENCRYPTION) => {
  test('each change meets the step that is there for it', async () => {
    const trial = await openTrial({ TOKEN_ENCRYPTION })
    const { tokens } = await enrol(trial)
    const { keyring } = await trial.keys(start)
    const said: typeof answers = {}
    for (const tampering of tamperings) {
      const { steps, reason } = await tamper(tampering, tokens.access, keyring, trial.expected, start)
      said[tampering.id] = reason
      expect(steps.map(({ name }) => name)).toEqual(
        traceSteps.filter((step) => step !== 'unsealed').slice(0, steps.length),
      )
    }
    expect(said).toEqual(answers)
  })
})

test('each has an id of its own, by which it is found', () => {
  expect(new Set(tamperings.map(({ id }) => id)).size).toBe(tamperings.length)
  for (const tampering of tamperings) expect(findTampering(tampering.id)).toBe(tampering)
  expect(findTampering('')).toBeUndefined()
  expect(findTampering('__proto__')).toBeUndefined()
})

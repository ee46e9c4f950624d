// What the verifier tells whoever watches it: each step that a token passes, in this order. The step that refuses is the
// first that does not come. Nobody watches but the lab: where nobody does, a step costs one look at `undefined`.

export const traceSteps = [
  'unsealed',
  'size',
  'form',
  'header',
  'typ',
  'kid',
  'alg',
  'signature',
  'payload',
  'iss',
  'aud',
  'claims',
  'iat',
  'lifetime',
  'auth_time',
  'exp',
] as const

export type TraceStep = (typeof traceSteps)[number]

/** Called as each step is passed. */
export type Trace = (step: TraceStep) => void

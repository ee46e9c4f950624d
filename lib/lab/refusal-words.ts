// What it means that a step refuses, and what would become of an app whose verifier forgot that step.
import type { TraceStep } from '../core/trace'

type RefusalWords = { why: string; without: string }

export const refusalWords: Readonly<Record<TraceStep, RefusalWords>> = {
  unsealed: {
    why: 'The envelope could not be opened, so it is not one of ours.',
    without: 'The app could not read the token at all.',
  },
  size: {
    why: 'It is longer than any token that we make.',
    without: 'Anybody could keep the server busy with tokens of many megabytes.',
  },
  form: {
    why: 'It is not written as we write tokens, so nobody reads on.',
    without: 'One session would have many spellings, and a list of ended tokens would miss all but one.',
  },
  header: {
    why: 'The header holds more than the three things that we write into it.',
    without: 'A token could bring the very key that it wants to be checked with.',
  },
  typ: {
    why: 'It says that it is another kind of token, and each kind opens one door only.',
    without: 'A token that was made for something harmless would open a session.',
  },
  kid: {
    why: 'It names a key that is not among ours. We never fetch one because a token says so.',
    without: 'Whoever makes a key of their own could sign tokens for this app.',
  },
  alg: {
    why: 'Our key is for one way of signing, and this token asks for another.',
    without: 'An attacker could choose the easiest way: no signature at all, or one made with the public key.',
  },
  signature: {
    why: 'The signature does not belong to these words. Only the server can make one that does.',
    without: 'Everybody could write into their token whatever they like: another name, another role, another end.',
  },
  payload: {
    why: 'The claims are not a proper list of names and values.',
    without: 'Two programs could read two different things in one token.',
  },
  iss: { why: 'It was made by somebody else.', without: 'A token of any other app would open this one.' },
  aud: { why: 'It was made for another app.', without: 'A token that was given to one service would open all others.' },
  claims: {
    why: 'A claim is missing, or is not of the kind that it must be.',
    without: 'Code that trusts the claims would stumble over them, or believe something else.',
  },
  iat: { why: 'It says that it was made in the future.', without: 'A token could be made now for next year.' },
  lifetime: {
    why: 'It wants to live longer than any token of ours.',
    without: 'One mistake in the past would last for ever.',
  },
  auth_time: {
    why: 'Too long ago did anybody prove who they are.',
    without: 'A session could be kept alive for ever without a password.',
  },
  exp: { why: 'Its time is over.', without: 'A token that was stolen once would be good for ever.' },
}

/** The step that refuses is the first that was not passed. */
export const refusedAt = (passed: readonly { name: TraceStep }[], steps: readonly TraceStep[]): TraceStep | null =>
  steps.find((step) => step !== 'unsealed' && !passed.some(({ name }) => name === step)) ?? null

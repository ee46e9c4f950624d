// @vitest-environment edge-runtime
// The steps of the verifier as a watcher hears them: in their order, up to the one that refuses. Watching changes nothing.
import { expect, test } from 'vitest'
import { sealAccessToken } from './mint'
import { identityAttacks, timeAttacks } from './testing/attacks/claims'
import { spellingAttacks } from './testing/attacks/encoding'
import { headerAttacks } from './testing/attacks/header'
import { parsingAttacks } from './testing/attacks/parsing'
import { algorithmAttacks, signatureAttacks } from './testing/attacks/signature'
import { expected, type Forge, now, openForge } from './testing/token-forge'
import { type TokenVerdict, verifyAccessToken } from './token'
import { type TraceStep, traceSteps } from './trace'
import type { TokenReason } from './verdict'

const plain = traceSteps.filter((step) => step !== 'unsealed')
/** The steps at which a reason is given. */
const givenAt: Partial<Record<TokenReason, TraceStep[]>> = {
  too_large: ['size'],
  malformed: ['form', 'payload'],
  unknown_kid: ['kid'],
  not_yet_valid: ['iat'],
  expired: ['exp'],
}

const watched = async (token: string, { keyring }: Forge, unsealWith?: Uint8Array[]) => {
  const steps: TraceStep[] = []
  const wanted = { ...expected, ...(unsealWith && { unsealWith }) }
  const verdict = await verifyAccessToken(token, keyring, wanted, now, (step) => steps.push(step))
  expect(await verifyAccessToken(token, keyring, wanted, now)).toEqual(verdict)
  return { verdict, steps }
}

const stepOf = (verdict: TokenVerdict): readonly (TraceStep | undefined)[] =>
  verdict.ok ? [undefined] : (givenAt[verdict.reason] ?? [verdict.reason as TraceStep])

test('every step of a good token is heard, in order; of an encrypted one that it was opened, too', async () => {
  const forge = await openForge()
  expect((await watched(await forge.token(), forge)).steps).toEqual(plain)
  const key = new Uint8Array(32).fill(7)
  const sealed = await sealAccessToken(await forge.token(), key)
  expect((await watched(sealed, forge, [key])).steps).toEqual(traceSteps)
  expect((await watched(sealed, forge, [new Uint8Array(32)])).steps).toEqual([])
})

test('of each attack the steps up to the one that refuses are heard, and no other', async () => {
  const forge = await openForge()
  const attacks = [
    ...headerAttacks,
    ...algorithmAttacks,
    ...signatureAttacks,
    ...spellingAttacks,
    ...parsingAttacks,
    ...timeAttacks,
    ...identityAttacks,
  ]
  const refusedAt = new Set<TraceStep | undefined>()
  for (const { name, token } of attacks) {
    const { verdict, steps } = await watched(await token(forge), forge)
    expect(steps, name).toEqual(plain.slice(0, steps.length))
    expect(stepOf(verdict), name).toContain(plain[steps.length])
    refusedAt.add(plain[steps.length])
  }
  expect(plain.filter((step) => !refusedAt.has(step))).toEqual([])
})

// What must survive from one request to the next without a session: a sign-up under way, a mailed link, a message.
// An iron-session seal that only we can read; it never opens anything by itself.
import { sealData, unsealData } from 'iron-session'
import { z } from 'zod'
import type { Context } from '../auth/context'
import { challengePurposes } from '../auth/passkey-challenge'
import { cookieName, cookieValue, readCookie } from '../core/cookies'
import { flowCookie } from './cookies'

const lifetime = 10 * 60
const texts = z.record(z.string(), z.string())
const pendingCode = z.object({
  purpose: z.enum(['sign_in', 'reauthenticate', 'change_email']),
  attempt: z.string(),
  email: z.string(),
  userId: z.string(),
  remember: z.boolean(),
})
const flowShape = z.object({
  /** Milliseconds. Ours, checked by us: the seal's own expiry is not relied on. */
  until: z.number(),
  pending: z.object({ attempt: z.string(), email: z.string(), name: z.string(), passwordHash: z.string() }).optional(),
  link: z.string().optional(),
  /** Token of a "this wasn't me" link. */
  disown: z.string().optional(),
  /** Token of a link for a new password. */
  reset: z.string().optional(),
  /** A first factor that waits for the second. */
  factor: z
    .object({
      attempt: z.string(),
      userId: z.string(),
      epoch: z.number(),
      amr: z.array(z.string()),
      remember: z.boolean(),
      until: z.number(),
    })
    .optional(),
  /** Codes on their way by mail: to sign in, to confirm that it is oneself, to change one's address. */
  mailed: pendingCode.optional(),
  mailedProof: pendingCode.optional(),
  mailedChange: pendingCode.optional(),
  /** Token of a link that puts the former address back. */
  undoEmail: z.string().optional(),
  /** What a passkey must sign, and what for. */
  challenge: z
    .object({
      value: z.string(),
      purpose: z.enum(challengePurposes),
      userId: z.string().nullable(),
      until: z.number(),
    })
    .optional(),
  /** Token of a link that brings a deleted account back. */
  undoDeletion: z.string().optional(),
  /** A way to another provider and back. */
  provider: z
    .object({
      provider: z.string(),
      userId: z.string().nullable(),
      next: z.string(),
      state: z.string(),
      nonce: z.string(),
      verifier: z.string(),
      until: z.number(),
    })
    .optional(),
  /** An authenticator app that is being added. */
  enrolment: z.object({ userId: z.string(), secret: z.string(), until: z.number() }).optional(),
  /** A form that was sent when its session had ended, or needed a fresh proof: by whom, and what. */
  held: z.object({ id: z.string(), action: z.string(), as: z.string(), fields: texts }).optional(),
  flash: z
    .object({ id: z.string(), page: z.string(), code: z.string(), text: z.string(), errors: texts, values: texts })
    .optional(),
})

export type Flow = Omit<z.infer<typeof flowShape>, 'until'>
export type Flash = Omit<NonNullable<Flow['flash']>, 'id' | 'page'>

/** What the request's flow cookie holds; empty when there is none that we can open. */
export const openFlow = async (context: Context, cookieHeader: string | null, now: number): Promise<Flow> => {
  const seal = cookieValue(readCookie(cookieHeader, cookieName('flow', context.env.secure)))
  if (seal === null) return {}
  // iron-session throws at some malformed seals and gives an empty object for others: either is no flow.
  const opened = await unsealData(seal, { password: { ...context.secrets.flow }, ttl: lifetime }).catch(() => null)
  const parsed = flowShape.safeParse(opened)
  if (!parsed.success || parsed.data.until <= now) return {}
  const { until: _until, ...flow } = parsed.data
  return flow
}

/** `Set-Cookie` value that holds this flow for ten minutes. */
export const sealFlow = async (context: Context, flow: Flow, now: number): Promise<string> => {
  const seal = await sealData(
    { ...flow, until: now + lifetime * 1000 },
    { password: { ...context.secrets.flow }, ttl: lifetime },
  )
  return flowCookie(seal, context.env, lifetime)
}

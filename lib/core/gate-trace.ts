// What the gate tells the lab of one request: its steps and how long each took, in a header that only the gate can have
// written a moment ago. Under a key for this purpose alone: whoever has it can tell stories, but no token.
import { decodeBase64url, encodeBase64url } from './base64url'
import { deriveKey } from './derived-key'
import { traceSteps } from './trace'

/** The steps of the gate: those of the verifier, and what it asks before and after. */
export const gateSteps = ['cookies', 'keys', ...traceSteps, 'revocations', 'identity'] as const
export type GateStep = (typeof gateSteps)[number]

export type GateTrace = {
  /** When the gate was done, milliseconds. */
  at: number
  /** The passed steps in their order. @property micros since the step before, microseconds */
  steps: readonly { name: GateStep; micros: number }[]
  /** What the gate made of the token. */
  look: string
}

/** How old a trace may be, milliseconds: it is of this request or of none. */
const longest = 10_000

const hmac = { name: 'HMAC', hash: 'SHA-256' }
const utf8 = (text: string) => new Uint8Array(new TextEncoder().encode(text))

/** @param secret AUTH_SECRET */
export const deriveTraceKey = async (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', await deriveKey(secret, 'lab trace'), hmac, false, ['sign', 'verify'])

/** @returns text for a header */
export const sealTrace = async (key: CryptoKey, trace: GateTrace): Promise<string> => {
  const body = encodeBase64url(utf8(JSON.stringify(trace)))
  return `${body}.${encodeBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(body))))}`
}

/** @param now milliseconds @returns `null` for anything that the gate has not written within the last ten seconds */
export const openTrace = async (key: CryptoKey, text: string | null, now: number): Promise<GateTrace | null> => {
  const [body = '', code = '', ...more] = (text ?? '').split('.')
  const [bytes, mac] = [decodeBase64url(body), decodeBase64url(code)]
  if (!bytes || !mac || more.length > 0) return null
  if (!(await crypto.subtle.verify('HMAC', key, mac, utf8(body)))) return null
  const trace = JSON.parse(new TextDecoder().decode(bytes)) as GateTrace
  return Math.abs(now - trace.at) <= longest ? trace : null
}

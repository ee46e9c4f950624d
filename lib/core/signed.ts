// Opens what we have signed: form, type, key, algorithm and signature, in this order, so that nothing is read from a
// payload that nobody has signed. What the members must say is asked by whoever knows the kind.
import { compactVerify } from 'jose/jws/compact/verify'
import { readCompactHeader } from './compact'
import type { Keyring } from './keyring'
import { parseStrictJsonObject } from './strict-json'
import type { Trace } from './trace'
import type { TokenReason } from './verdict'

export type Opened =
  | { ok: true; members: ReadonlyMap<string, unknown>; kid: string }
  | { ok: false; reason: TokenReason }

/**
 * @param type the only `typ` that will do: kinds are told apart by it (RFC 8725 §3.11)
 * @param most largest size in bytes
 */
export const openSigned = async (
  token: string,
  type: string,
  keyring: Keyring,
  most: number,
  trace?: Trace,
): Promise<Opened> => {
  const form = readCompactHeader(token, most, trace)
  if (!form.ok) return form
  const { alg, typ, kid } = form.header
  if (typ !== type) return { ok: false, reason: 'typ' }
  trace?.('typ')
  const trusted = keyring.get(kid)
  if (!trusted) return { ok: false, reason: 'unknown_kid' }
  trace?.('kid')
  // The key says which algorithm it is for; the token has no say (RFC 8725 §3.1).
  if (alg !== trusted.alg) return { ok: false, reason: 'alg' }
  trace?.('alg')
  const payload = await verifiedPayload(token, trusted)
  if (!payload) return { ok: false, reason: 'signature' }
  trace?.('signature')
  const members = parseStrictJsonObject(payload)
  if (!members) return { ok: false, reason: 'malformed' }
  trace?.('payload')
  return { ok: true, members, kid }
}

const verifiedPayload = async (
  token: string,
  { key, alg }: { key: CryptoKey; alg: string },
): Promise<Uint8Array | null> => {
  try {
    return (await compactVerify(token, key, { algorithms: [alg] })).payload
  } catch (error) {
    // By `code`: class names are minified in the edge bundle. Anything else is a fault of ours, not of the token.
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('ERR_JWS_') || code.startsWith('ERR_JOSE_')) return null
    throw error
  }
}

// Ways to change the visitor's own token, as somebody would who has got hold of it, and what the verifier says to each.
// The changed token stays on the server: a page learns its verdict alone.
import { elapsed } from '../clock'
import type { Expected } from '../core/claims'
import { partsOf, segment, signatureOf, signHmac, utf8, withSignature } from '../core/forging'
import type { Keyring } from '../core/keyring'
import { looksSealed, openSealedToken } from '../core/sealed-token'
import { verifyAccessToken } from '../core/token'
import type { TraceStep } from '../core/trace'
import type { TokenReason } from '../core/verdict'

type Token = { text: string; header: Record<string, unknown>; claims: Record<string, unknown> }
export type Tampering = {
  id: string
  group: 'claims' | 'header' | 'signature' | 'spelling'
  /** For whoever has never heard of a claim. */
  title: string
  /** For engineers. */
  how: string
  change: (token: Token) => string | Promise<string>
}

const read = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString())

const withClaims =
  (changes: Record<string, unknown>) =>
  ({ text, claims }: Token): string => {
    const [head, , signature] = partsOf(text)
    return `${head}.${segment(JSON.stringify({ ...claims, ...changes }))}.${signature}`
  }
const withHeader =
  (changes: Record<string, unknown>) =>
  ({ text, header }: Token): string => {
    const [, body, signature] = partsOf(text)
    return `${segment(JSON.stringify({ ...header, ...changes }))}.${body}.${signature}`
  }
const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte))

export const tamperings: readonly Tampering[] = [
  {
    id: 'nothing',
    group: 'claims',
    title: 'Change nothing',
    how: 'the token as it came: the control',
    change: ({ text }) => text,
  },
  {
    id: 'sub',
    group: 'claims',
    title: 'Be somebody else',
    how: 'another sub, the old signature',
    change: withClaims({ sub: '01890a5d-ac96-774b-bcce-b302099a8057' }),
  },
  {
    id: 'roles',
    group: 'claims',
    title: 'Be an administrator',
    how: 'roles: ["admin"], the old signature',
    change: withClaims({ roles: ['admin'] }),
  },
  {
    id: 'exp',
    group: 'claims',
    title: 'Let it last a year longer',
    how: 'exp a year later, the old signature',
    change: (token) => withClaims({ exp: Number(token.claims.exp) + 31_536_000 })(token),
  },
  {
    id: 'aud',
    group: 'claims',
    title: 'Use it at another app',
    how: 'another aud, the old signature',
    change: withClaims({ aud: 'https://other.example' }),
  },
  {
    id: 'none',
    group: 'header',
    title: 'Say that no signature is needed',
    how: 'alg: none, the old signature (RFC 8725 §3.1)',
    change: withHeader({ alg: 'none' }),
  },
  {
    id: 'hs256',
    group: 'header',
    title: 'Sign with what everybody knows',
    how: 'alg: HS256 with the kid as the secret (RFC 8725 §2.1)',
    change: ({ header, claims }) =>
      signHmac(256, utf8(String(header.kid)), JSON.stringify({ ...header, alg: 'HS256' }), JSON.stringify(claims)),
  },
  {
    id: 'kid',
    group: 'header',
    title: 'Name a key that we do not have',
    how: 'another kid',
    change: withHeader({ kid: 'a-key-of-my-own' }),
  },
  {
    id: 'jku',
    group: 'header',
    title: 'Bring the address of your own key',
    how: 'jku: https://evil.example/keys (RFC 8725 §3.10)',
    change: withHeader({ jku: 'https://evil.example/keys' }),
  },
  {
    id: 'typ',
    group: 'header',
    title: 'Call it another kind of token',
    how: 'typ: JWT (RFC 8725 §3.11)',
    change: withHeader({ typ: 'JWT' }),
  },
  {
    id: 'bit',
    group: 'signature',
    title: 'Change one bit of the signature',
    how: 'the lowest bit of its first byte',
    change: ({ text }) => withSignature(text, flipped(signatureOf(text))),
  },
  {
    id: 'zeros',
    group: 'signature',
    title: 'Fill the signature with zeros',
    how: 'CVE-2022-21449',
    change: ({ text }) => withSignature(text, new Uint8Array(signatureOf(text).length)),
  },
  {
    id: 'cut',
    group: 'signature',
    title: 'Cut the signature off',
    how: 'header and payload, a dot, nothing',
    change: ({ text }) => partsOf(text).slice(0, 2).join('.').concat('.'),
  },
  {
    id: 'space',
    group: 'spelling',
    title: 'Put a space at its end',
    how: 'jose alone would take it (RFC 4648 §3.3)',
    change: ({ text }) => `${text} `,
  },
  {
    id: 'huge',
    group: 'spelling',
    title: 'Make it very long',
    how: '5,000 more characters in the signature',
    change: ({ text }) => text + 'A'.repeat(5000),
  },
]

export const groupTitles: Readonly<Record<Tampering['group'], string>> = {
  claims: 'What it says',
  header: 'How it is to be checked',
  signature: 'Its signature',
  spelling: 'How it is written',
}

export const findTampering = (id: string | undefined): Tampering | undefined =>
  tamperings.find((tampering) => tampering.id === id)

export type Tried = {
  /** Each step that it passed. @property micros since the step before, microseconds */
  steps: { name: TraceStep; micros: number }[]
  /** `null` when it was accepted. */
  reason: TokenReason | null
  /** What the step that refused took, microseconds; for an accepted one what came after the last. */
  lastMicros: number
}

/**
 * Changes the token and shows it to the app's own verifier.
 * @param text the visitor's good token, as it came
 * @param now milliseconds
 */
export const tamper = async (
  { change }: Tampering,
  text: string,
  keyring: Keyring,
  expected: Expected,
  now: number,
): Promise<Tried> => {
  const { unsealWith } = expected
  // An encrypted token is changed inside: nobody could change it from outside and have it opened.
  const opened = unsealWith && looksSealed(text) ? await openSealedToken(text, unsealWith) : null
  const plain = opened?.ok ? opened.token : text
  const [head, body] = partsOf(plain)
  const changed = await change({ text: plain, header: read(head), claims: read(body) })
  const steps: Tried['steps'] = []
  let last = elapsed()
  const verdict = await verifyAccessToken(changed, keyring, expected, now, (name) => {
    const at = elapsed()
    steps.push({ name, micros: Math.round((at - last) * 1000) })
    last = at
  })
  const lastMicros = Math.round((elapsed() - last) * 1000)
  return { steps, reason: verdict.ok ? null : verdict.reason, lastMicros }
}

// The visitor's own access token as far as a page may show it: header and claims, never the token nor its signature.
import { headers } from 'next/headers'
import { now } from '../clock'
import { readCarried } from '../core/carriers'
import type { AccessClaims } from '../core/claims'
import { type CompactHeader, readCompactHeader } from '../core/compact'
import { looksSealed, openSealedToken } from '../core/sealed-token'
import { currentContext } from '../web/context'
import { getSession } from '../web/session'
import { type Tampering, type Tried, tamper } from './tampering'

export type OwnToken = {
  header: CompactHeader
  claims: AccessClaims
  /** Characters of header, payload and signature as they are spelled in the token. */
  lengths: readonly [header: number, payload: number, signature: number]
  /** Whether it travels encrypted. */
  sealed: boolean
  /** Characters of the cookie's value: of the token, or of what it is sealed in. */
  length: number
}

/** The text of the token in this request's cookie; for the server alone. */
const readTokenText = async (): Promise<string | null> => {
  const { env } = await currentContext()
  return readCarried((await headers()).get('cookie'), env.secure).access
}

/** @returns `null` without a session, and with one whose token is not good */
export const readOwnToken = async (): Promise<OwnToken | null> => {
  const checked = await getSession()
  const text = await readTokenText()
  if (!checked.ok || text === null) return null
  const { unsealWith } = (await currentContext()).expected
  const sealed = unsealWith !== undefined && looksSealed(text)
  const opened = sealed ? await openSealedToken(text, unsealWith) : { ok: true as const, token: text }
  const form = opened.ok ? readCompactHeader(opened.token) : null
  if (!opened.ok || !form?.ok) return null
  const [head = '', body = '', signature = ''] = opened.token.split('.')
  return {
    header: form.header,
    claims: checked.claims,
    lengths: [head.length, body.length, signature.length],
    sealed,
    length: text.length,
  }
}

/** What the app's verifier says to the visitor's own token once it is changed; `null` without a session. */
export const tamperWithOwn = async (tampering: Tampering): Promise<Tried | null> => {
  const checked = await getSession()
  const text = await readTokenText()
  if (!checked.ok || text === null) return null
  const context = await currentContext()
  const at = now()
  const { keyring } = await context.keys(at)
  return tamper(tampering, text, keyring, context.expected, at)
}

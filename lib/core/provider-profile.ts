// Who a provider says somebody is: only what it vouches for.
import { canonicalEmail } from './email'
import { personName } from './person-name'

export type ProviderProfile = {
  /** Its own id of the person: never reused, unlike an address. */
  subject: string
  /** Canonical; `null` unless the provider says that the person has proven it. */
  email: string | null
  name: string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const nameOf = (wanted: readonly unknown[], email: string | null): string =>
  [...wanted, email?.split('@')[0]].map((value) => personName(text(value))).find((name) => name !== null) ?? 'Somebody'

/** OpenID Connect Core §5.1. `xms_edov` is Microsoft's word for a domain owner's proof; its addresses are proven by nothing else. */
export const profileOfClaims = (claims: Readonly<Record<string, unknown>>): ProviderProfile | null => {
  const subject = text(claims.sub)
  if (subject === '' || subject.length > 255) return null
  const vouched = claims.email_verified === true || claims.xms_edov === true || claims.xms_edov === '1'
  const email = vouched ? canonicalEmail(text(claims.email)) : null
  return { subject, email, name: nameOf([claims.name, claims.given_name, claims.preferred_username], email) }
}

/** @param user answer of GitHub's `/user` @param emails of `/user/emails`: the primary one counts, if it is verified */
export const profileOfGithub = (
  user: Readonly<Record<string, unknown>>,
  emails: readonly Readonly<Record<string, unknown>>[],
): ProviderProfile | null => {
  if (!Number.isSafeInteger(user.id)) return null
  const primary = emails.find((email) => email.primary === true && email.verified === true)
  const email = primary ? canonicalEmail(text(primary.email)) : null
  return { subject: String(user.id), email, name: nameOf([user.name, user.login], email) }
}

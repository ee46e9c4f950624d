// One canonical form for each e-mail address. Dots and plus signs are kept: only the mailbox's owner knows what they mean.

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

const asciiHost = (domain: string): string | null => {
  if (/[^\p{L}\p{N}\p{M}.-]/u.test(domain) || !URL.canParse(`http://${domain}`)) return null
  return new URL(`http://${domain}`).hostname
}

/**
 * Lower case, domain in ASCII (IDNA), no comments, quotes, lists or look-alike signs.
 * @returns at most 254 characters, or `null` when it is not one plain address
 */
export const canonicalEmail = (text: string): string | null => {
  const trimmed = text.replace(/^[ \t]+|[ \t]+$/g, '')
  const at = trimmed.lastIndexOf('@')
  if (at < 1 || at > 64 || trimmed.length > 254) return null
  const local = trimmed.slice(0, at)
  const host = asciiHost(trimmed.slice(at + 1))
  if (!localPart.test(local) || !host || !hostName.test(host)) return null
  const address = `${local.toLowerCase()}@${host}`
  return address.length <= 254 ? address : null
}

// For whom passkeys are made (WebAuthn L3 §5.1.2): the host of APP_URL and its origin, never what a request says.

export type RelyingParty = { id: string; origin: string }

const isAddress = (hostname: string): boolean => hostname.startsWith('[') || /^[0-9]+(\.[0-9]+){3}$/.test(hostname)

/**
 * @returns `null` where the host is an IP address: browsers make passkeys for domains only
 * @example relyingPartyOf('http://localhost:3000') // { id: 'localhost', origin: 'http://localhost:3000' }
 */
export const relyingPartyOf = (appUrl: string): RelyingParty | null => {
  const { hostname, origin } = new URL(appUrl)
  return isAddress(hostname) ? null : { id: hostname, origin }
}

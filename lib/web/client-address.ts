// Where a request really comes from: the socket's address, as our own server noted it, and X-Forwarded-For only behind
// proxies that are trusted by name.
import ipaddr from 'ipaddr.js'
import type { Client } from '../auth/context'
import { type Address, parseAddress } from '../auth/ip-address'
import { cookieName, cookieValue, readCookie } from '../core/cookies'
import { peerHeader } from '../core/identity-headers'
import type { Env } from '../env'

const isTrusted = (address: Address, ranges: readonly string[]): boolean =>
  ranges.some((range) => {
    const [base, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.process(range), undefined]
    if (base.kind() !== address.kind()) return false
    return bits === undefined ? base.toString() === address.toString() : address.match(base, bits)
  })

/** IPv4 whole; IPv6 by /64, which is what one customer is given. */
const networkOf = (address: Address): string =>
  address.kind() === 'ipv4' ? address.toString() : `${address.toByteArray().slice(0, 8).join('.')}/64`

const peerOf = (headers: Headers, token: string | null): Address | null => {
  const [proof, address] = headers.get(peerHeader)?.split(' ') ?? []
  // Without our own server in front nobody vouches for an address; all such requests count as one network.
  return token !== null && proof === token && address ? parseAddress(address) : null
}

const deviceId = /^[A-Za-z0-9_-]{22}$/
const deviceOf = (headers: Headers, secure: boolean): string | null => {
  const id = cookieValue(readCookie(headers.get('cookie'), cookieName('device', secure)))
  return id !== null && deviceId.test(id) ? id : null
}

export const clientOf = (headers: Headers, settings: Pick<Env, 'peerToken' | 'TRUSTED_PROXIES' | 'secure'>): Client => {
  const from = { userAgent: headers.get('user-agent') ?? '', device: deviceOf(headers, settings.secure) }
  let address = peerOf(headers, settings.peerToken)
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map(parseAddress)
  while (address && hops.length > 0 && isTrusted(address, settings.TRUSTED_PROXIES)) {
    const hop = hops.pop()
    if (!hop) break
    address = hop
  }
  return address
    ? { ip: address.toString(), network: networkOf(address), ...from }
    : { ip: 'unknown', network: 'unknown', ...from }
}

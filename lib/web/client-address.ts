// Where a request really comes from: the socket's address, as our own server noted it, and X-Forwarded-For only behind
// proxies that are trusted by name.
import ipaddr from 'ipaddr.js'
import type { Client } from '../auth/context'
import { peerHeader } from '../core/identity-headers'
import type { Env } from '../env'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** One address for its many spellings: `::ffff:192.0.2.1` is IPv4, ports and zone ids go. */
const parse = (text: string): Address | null => {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::[0-9]+)?$/, '$1')
    .replace(/^([0-9.]+):[0-9]+$/, '$1')
    .replace(/%.*$/, '')
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null
}

const isTrusted = (address: Address, ranges: readonly string[]): boolean =>
  ranges.some((range) => {
    const [base, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.process(range), undefined]
    if (base.kind() !== address.kind()) return false
    return bits === undefined ? base.toString() === address.toString() : address.match(base, bits)
  })

/** IPv4 whole; IPv6 by /64, which is what one customer is given. */
const networkOf = (address: Address): string =>
  address.kind() === 'ipv4' ? address.toString() : `${address.toByteArray().slice(0, 8).join('.')}/64`

/** The address without what names one person's device: last byte or last 64 bits. */
export const truncateAddress = (ip: string): string => {
  const address = parse(ip)
  if (!address) return 'unknown'
  const parts = address.toByteArray()
  if (address.kind() === 'ipv4') return `${parts.slice(0, 3).join('.')}.x`
  return `${new ipaddr.IPv6([...parts.slice(0, 8), ...new Array<number>(8).fill(0)]).toString()}/64`
}

const peerOf = (headers: Headers, token: string | null): Address | null => {
  const [proof, address] = headers.get(peerHeader)?.split(' ') ?? []
  // Without our own server in front nobody vouches for an address; all such requests count as one network.
  return token !== null && proof === token && address ? parse(address) : null
}

export const clientOf = (headers: Headers, settings: Pick<Env, 'peerToken' | 'TRUSTED_PROXIES'>): Client => {
  const userAgent = headers.get('user-agent') ?? ''
  let address = peerOf(headers, settings.peerToken)
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map(parse)
  while (address && hops.length > 0 && isTrusted(address, settings.TRUSTED_PROXIES)) {
    const hop = hops.pop()
    if (!hop) break
    address = hop
  }
  return address
    ? { ip: address.toString(), network: networkOf(address), userAgent }
    : { ip: 'unknown', network: 'unknown', userAgent }
}

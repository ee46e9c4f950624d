// One address for its many spellings, and as much of it as may be shown.
import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6

/** `::ffff:192.0.2.1` is IPv4; ports and zone ids go. */
export const parseAddress = (text: string): Address | null => {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::[0-9]+)?$/, '$1')
    .replace(/^([0-9.]+):[0-9]+$/, '$1')
    .replace(/%.*$/, '')
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null
}

/** The address without what names one person's device: last byte or last 64 bits. */
export const truncateAddress = (ip: string): string => {
  const address = parseAddress(ip)
  if (!address) return 'unknown'
  const parts = address.toByteArray()
  if (address.kind() === 'ipv4') return `${parts.slice(0, 3).join('.')}.x`
  return `${new ipaddr.IPv6([...parts.slice(0, 8), ...new Array<number>(8).fill(0)]).toString()}/64`
}

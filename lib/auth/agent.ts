// Where somebody came from, in words: browser and system by the User-Agent header, which is a claim and no proof.
import Bowser from 'bowser'
import { truncateAddress } from './ip-address'

const names = new Set([...Object.values(Bowser.BROWSER_MAP), ...Object.values(Bowser.OS_MAP)])
/** A header can say anything; only names that are known get into our pages and mails. */
const knownName = (name: string | undefined, otherwise: string) => (name && names.has(name) ? name : otherwise)
const versionForm = /^[0-9]{1,4}$/

/** @example agentOf('…Firefox/140.0') // { browser: 'Firefox 140', system: 'Linux' } */
export const agentOf = (userAgent: string): { browser: string; system: string } => {
  const unknown = { browser: 'Unknown browser', system: 'unknown system' }
  if (userAgent === '') return unknown
  const agent = Bowser.parse(userAgent)
  const browser = knownName(agent.browser.name, unknown.browser)
  const [major = ''] = (agent.browser.version ?? '').split('.')
  return {
    browser: browser !== unknown.browser && versionForm.test(major) ? `${browser} ${major}` : browser,
    system: knownName(agent.os.name, unknown.system),
  }
}

const loopback = new Set(['127.0.0.1', '::1'])

/** As much of an address as may be shown. @example networkInWords('192.0.2.7') // 'from 192.0.2.x' */
export const networkInWords = (ip: string): string =>
  loopback.has(ip) ? 'on this machine' : `from ${truncateAddress(ip)}`

export const clientInWords = ({ ip, userAgent }: { ip: string; userAgent: string }): string => {
  const { browser, system } = agentOf(userAgent)
  return `${browser} on ${system}, ${networkInWords(ip)}`
}

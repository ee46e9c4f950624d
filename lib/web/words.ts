// Codes as people read them: how somebody signed in, which browser it was, whether a message tells of a mistake. Why a
// session ended is in lib/core/end-words.
import Bowser from 'bowser'
import { refusals } from '../core/errors'

/** Whether a message tells of a mistake to mend, rather than of something that merely happened. */
export const isFault = (code: string): boolean =>
  Object.hasOwn(refusals, code) && code !== 'session_ended' && code !== 'unauthenticated'

const methods: Readonly<Record<string, string>> = { pwd: 'Password', demo: 'Demo session' }

/** `amr` (RFC 8176) for people. @example methodsInWords(['pwd']) // 'Password' */
export const methodsInWords = (amr: readonly string[]): string =>
  amr.map((method) => methods[method] ?? method).join(', ')

/** Browser and system by the User-Agent header, which is a claim and no proof. */
export const agentInWords = (userAgent: string): { browser: string; system: string } => {
  const unknown = { browser: 'Unknown browser', system: 'unknown system' }
  if (userAgent === '') return unknown
  const agent = Bowser.parse(userAgent)
  const [major] = (agent.browser.version ?? '').split('.')
  return {
    browser: [agent.browser.name ?? unknown.browser, major].filter(Boolean).join(' '),
    system: agent.os.name ?? unknown.system,
  }
}

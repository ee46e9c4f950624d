// Whether a password is in a list of stolen ones, asked of a range service (k-anonymity, as Have I Been Pwned has it): five
// hex digits of its SHA-1 leave, and whoever answers cannot tell which of a thousand passwords was meant. A service that
// is slow, away or wrong keeps nobody from choosing a password.
import { createHash } from 'node:crypto'
import { normalPassword } from '../core/password'
import { log } from '../log'
import { within } from '../within'

/** @returns false also when the service could not say */
export type BreachCheck = (password: string) => Promise<boolean>

/** For the request and its whole answer, milliseconds. */
const patience = 1000
/** A padded range is under 100 KB. */
const bytesMost = 512 * 1024
const hibp = 'https://api.pwnedpasswords.com/range/'

const textOf = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > bytesMost) throw new Error('too large')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Lines of 35 hex digits and a count; a count of 0 is padding. */
const isListed = (range: string, rest: string): boolean => {
  const lines = range.split(/\r?\n/).filter((line) => line !== '')
  const entries = lines.map((line) => /^([0-9A-F]{35}):(\d+)$/i.exec(line))
  if (entries.length === 0 || entries.some((entry) => entry === null)) throw new Error('no range')
  return entries.some((entry) => entry?.[1]?.toUpperCase() === rest && Number(entry[2]) > 0)
}

const ask = async (service: string, password: string, signal: AbortSignal): Promise<boolean> => {
  const digest = createHash('sha1').update(normalPassword(password)).digest('hex').toUpperCase()
  const response = await fetch(service + digest.slice(0, 5), {
    headers: { 'add-padding': 'true', accept: 'text/plain', 'user-agent': 'Handstamp' },
    signal,
    redirect: 'error',
    credentials: 'omit',
    cache: 'no-store',
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`status ${response.status}`)
  }
  return isListed(await textOf(response), digest.slice(5))
}

/** What went wrong, without the address: it ends in the digits that were asked for. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  if (error.name === 'TimeoutError') return 'timeout'
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message.slice(0, 40)
}

/** @param setting `off`, `hibp`, or the address of another such service, to which the five digits are appended */
export const openBreachCheck = (setting: string): BreachCheck => {
  if (setting === 'off') return async () => false
  const service = setting === 'hibp' ? hibp : setting
  return async (password) => {
    try {
      return await within(patience, (signal) => ask(service, password, signal))
    } catch (error) {
      log().warn({ reason: reasonOf(error) }, 'the breach service gave no answer; the password was taken without')
      return false
    }
  }
}

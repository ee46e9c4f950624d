// A session for the attack runner: whose good token the attacks are made from. Tokens are kept here and printed nowhere.
import { readFile } from 'node:fs/promises'
import { cookieName, cookieValue, readCookie } from '../lib/core/cookies'
import { AppError } from '../lib/core/errors'
import { type Door, knock, type Reply } from '../lib/lab/attacks/door'

export type Lent = {
  token: string /** Ends the session, if it was made for this run. */
  giveBack: () => Promise<void>
}

const refuse = (detail: string): never => {
  throw new AppError('misconfigured', { detail })
}

const isSecure = ({ origin }: Door) => origin.startsWith('https:')

const post = (door: Door, path: string, body: object, cookie?: string): Promise<Reply> =>
  knock(door, {
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  })

const cookiesOf = ({ headers }: Reply): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ')

/** The session that an answer has brought. */
const lend = (door: Door, reply: Reply): Lent => {
  const cookie = cookiesOf(reply)
  const token = cookieValue(readCookie(cookie, cookieName('at', isSecure(door)))) ?? refuse('The app gave no session.')
  return {
    token,
    giveBack: async () => {
      await post(door, '/api/auth/sign-out', {}, cookie)
    },
  }
}

const fromFile = async (door: Door, file: string): Promise<Lent> => {
  const text = (await readFile(file, 'utf8').catch(() => refuse(`${file} cannot be read.`))).trim()
  const name = cookieName('at', isSecure(door))
  const token = cookieValue(readCookie(text, name)) ?? (/[=;\s]/.test(text) ? null : text)
  return {
    token: token || refuse(`${file} holds no cookie ${name}: write it as NAME=VALUE; NAME=VALUE, or the value alone.`),
    giveBack: async () => undefined,
  }
}

const howElse = 'set ATTACKS_EMAIL and ATTACKS_PASSWORD, or give --cookie-file FILE'

/** @throws AppError with one line for whoever started the run, or the socket's error */
export const borrowSession = async (
  door: Door,
  cookieFile: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<Lent> => {
  if (cookieFile !== undefined) return fromFile(door, cookieFile)
  const { ATTACKS_EMAIL: email, ATTACKS_PASSWORD: password } = variables
  if (email && password) {
    const reply = await post(door, '/api/auth/sign-in', { email, password })
    return reply.status === 200
      ? lend(door, reply)
      : refuse(`Signing in as ${email} was answered with ${reply.status}.`)
  }
  const reply = await post(door, '/api/auth/demo', {})
  if (reply.status === 404) return refuse(`This app gives no demo sessions: ${howElse}.`)
  return reply.status < 300 ? lend(door, reply) : refuse(`A demo session was refused with ${reply.status}: ${howElse}.`)
}

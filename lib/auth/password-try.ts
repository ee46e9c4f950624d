// A try for a password, at sign-in and at a step-up: counted before it is looked at, alike for addresses that somebody has
// and that nobody has. Strangers' tries make strangers wait, never a browser that the owner has signed in with.
import { AppError } from '../core/errors'
import { triesMost, waits } from '../core/sign-in-delay'
import { countTry, forgetFailures, takeBackTry } from '../db/sign-in-failures'
import { findUserByEmail } from '../db/users'
import { log } from '../log'
import { guessingMail } from '../mail/templates'
import { afterwards, later } from './afterwards'
import { audit } from './audit'
import type { Client, Context } from './context'
import { isKnownBrowser } from './known-browser'
import { spend } from './limits'
import { hashToken } from './mailed-secret'

/** Wrong passwords in a row of which the owner is told. */
const tellFrom = 10

const keysOf = (email: string) => ({
  known: hashToken(`tries of known browsers ${email}`),
  strange: hashToken(`tries of strangers ${email}`),
})

/** For whoever has proven by any way that the account is theirs. */
export const forgetTries = ({ db }: Context, email: string): Promise<void> => {
  const { known, strange } = keysOf(email)
  return forgetFailures(db, [known, strange])
}

const stopped = () =>
  new AppError('rate_limited', {
    retryAfter: 3600,
    detail:
      'Too many wrong passwords for this address. Choose a new one by “Forgot your password?”, or sign in with a browser that you have used here before.',
  })

const tellOfSpraying = async (context: Context, from: string, client: Client, now: number): Promise<void> => {
  if ((await context.limits.sprayTold.consume(from)) > 0) return
  log().warn({ from, ip: client.ip }, 'one network or one password on many accounts')
  await audit(context, 'spraying_noticed', client, now, { detail: { from } })
}

const tellOwner = async (context: Context, email: string): Promise<void> => {
  if ((await context.limits.guessTold.consume(email)) > 0) return
  const found = await findUserByEmail(context.db, email)
  if (!found || found.user.demo || found.user.disabledAt !== null) return
  await context.post(guessingMail(email, found.user.name, `${context.env.APP_URL}/forgot-password`))
}

/** Counts this account for this network, once an hour, until a right password takes it off again. */
const countAccount = async (context: Context, pair: string, client: Client, now: number): Promise<void> => {
  const { sprayNetwork, sprayAccount } = context.limits
  // The network first: of two tries at once neither may pass because the other has marked the account.
  const wait = await sprayNetwork.consume(client.network)
  if (wait > 0) {
    await tellOfSpraying(context, client.network, client, now)
    throw new AppError('rate_limited', { retryAfter: wait })
  }
  if ((await sprayAccount.consume(pair)) > 0) await sprayNetwork.reward(client.network)
}

export type PasswordTry = {
  /** Looks at the password. A look that fails by itself, as in a full queue, was no try. */
  look: <T>(at: () => Promise<T>) => Promise<T>
  right: () => Promise<void>
  /** @param password in its clear form: it is kept nowhere */
  wrong: (password: string) => void
}

/** @param email canonical @throws AppError `rate_limited` */
export const beginTry = async (context: Context, email: string, client: Client, now: number): Promise<PasswordTry> => {
  const { db, limits } = context
  const pair = `${client.network} ${email}`
  await spend([[limits.signInNetwork, client.network]])
  await countAccount(context, pair, client, now)
  const who = (await isKnownBrowser(context, email, client)) ? 'known' : 'strange'
  const key = keysOf(email)[who]
  const counted = await countTry(db, key, { waits, most: triesMost[who] }, now)
  if (!counted.counted) {
    if (counted.stopped) throw stopped()
    throw new AppError('rate_limited', { retryAfter: Math.max(1, Math.ceil((counted.waitUntil - now) / 1000)) })
  }
  await spend([[limits.signInOverall, 'all']])
  return {
    look: async (at) => {
      try {
        return await at()
      } catch (error) {
        await afterwards('giving a try back', takeBackTry(db, key))
        throw error
      }
    },
    right: async () => {
      await forgetTries(context, email)
      await limits.signInNetwork.reward(client.network)
      if (await limits.sprayAccount.reset(pair)) await limits.sprayNetwork.reward(client.network)
    },
    wrong: (password) => {
      // Beside the answer, which must take as long for an address that nobody has.
      if (counted.failures >= tellFrom) void later('telling of guesses', () => tellOwner(context, email))
      if (context.spraying.notice(password, email, now))
        void afterwards('telling of spraying', tellOfSpraying(context, 'everywhere', client, now))
    },
  }
}

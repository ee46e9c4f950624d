// Sign-in through another provider: begun by a form, finished when the browser comes back. Its word makes a new account, or
// opens one that is connected already; an account that merely has the same address stays its owner's to connect.
import { uuidv7 } from 'uuidv7'
import type { Carried } from '../core/carriers'
import { AppError } from '../core/errors'
import type { ProviderProfile } from '../core/provider-profile'
import type { Provider } from '../core/providers'
import { findConnected, noteConnectedUse } from '../db/connected-accounts'
import { createUser, findUserByEmail, type User } from '../db/users'
import { type Admission, admit } from './admission'
import { afterwards } from './afterwards'
import { settleArrival } from './arrival'
import type { Client, Context } from './context'
import { prepareSession } from './issue-session'
import { spend } from './limits'
import { authorizationUrl, type Handshake, newHandshake, redeem } from './provider-client'

/** One way to a provider and back, kept by the browser, sealed: the newest one takes the place of those before. */
export type Attempt = Handshake & {
  provider: string
  /** Who connects an account; `null` for a sign-in. */
  userId: string | null
  next: string
  /** Milliseconds. */
  until: number
}

/** How long the way there and back may take, milliseconds. */
const patience = 10 * 60_000

/** @throws AppError `not_found` for one that is not set up */
const providerOf = ({ env }: Pick<Context, 'env'>, id: string): Provider => {
  const provider = env.providers.find((one) => one.id === id)
  if (!provider) throw new AppError('not_found')
  return provider
}

const redirectUri = ({ env }: Context, { id }: Provider) => `${env.APP_URL}/api/auth/oidc/${id}/callback`

export const beginWithProvider = async (
  context: Context,
  id: string,
  { userId, next }: Pick<Attempt, 'userId' | 'next'>,
  client: Client,
  now: number,
): Promise<{ attempt: Attempt; url: string }> => {
  const provider = providerOf(context, id)
  await spend([
    [context.limits.providerNetwork, client.network],
    [context.limits.providerOverall, 'all'],
  ])
  const handshake = newHandshake()
  const url = await authorizationUrl(provider, handshake, redirectUri(context, provider), now)
  return { attempt: { ...handshake, provider: id, userId, next, until: now + patience }, url }
}

/**
 * Who came back. An answer counts once, in the browser that began.
 * @param search the provider's parameters
 * @throws AppError `provider_mismatch` and whatever the provider's answer is refused for
 */
export const redeemAttempt = async (
  context: Context,
  id: string,
  attempt: Attempt | undefined,
  search: string,
  now: number,
): Promise<{ attempt: Attempt; profile: ProviderProfile }> => {
  const provider = providerOf(context, id)
  if (attempt?.provider !== id || attempt.until <= now) throw new AppError('provider_mismatch')
  if ((await context.limits.heldOnce.consume(`provider ${attempt.state}`)) > 0) throw new AppError('provider_mismatch')
  const answer = new URL(redirectUri(context, provider))
  answer.search = search
  return { attempt, profile: await redeem(provider, attempt, answer, now) }
}

const newUser = (email: string, name: string, now: number): User => ({
  id: uuidv7(),
  email,
  name,
  roles: ['user'],
  epoch: 0,
  demo: false,
  createdAt: now,
  disabledAt: null,
})

const amr = ['fed']

const signUpWith = async (
  context: Context,
  provider: string,
  { subject, email, name }: ProviderProfile,
  carried: Carried,
  client: Client,
  now: number,
): Promise<Admission> => {
  if (email === null) throw new AppError('address_unverified')
  if (await findUserByEmail(context.db, email)) throw new AppError('account_exists')
  const user = newUser(email, name, now)
  const issued = await prepareSession(context, user, { amr, remember: false }, client, now)
  const connected = { provider, subject, userId: user.id, email, createdAt: now, lastUsedAt: now }
  const made = await createUser(context.db, {
    user,
    session: issued.session,
    passwordHash: null,
    usedToken: null,
    connected,
  })
  // The address, or the account there, was faster elsewhere.
  if (!made) throw new AppError('account_exists')
  return { admitted: true, signedIn: await settleArrival(context, issued, 'signed_up', carried, client, now) }
}

/** A session for whoever the provider vouched for, or the question for the second factor. */
export const arriveFromProvider = async (
  context: Context,
  provider: string,
  profile: ProviderProfile,
  carried: Carried,
  client: Client,
  now: number,
): Promise<Admission> => {
  const found = await findConnected(context.db, provider, profile.subject)
  if (!found) return signUpWith(context, provider, profile, carried, client, now)
  if (found.user.disabledAt !== null) throw new AppError('provider_denied', { detail: 'This account is switched off.' })
  await afterwards('noting a use', noteConnectedUse(context.db, found.account, now))
  return admit(context, found.user, { amr, remember: false }, carried, client, now)
}

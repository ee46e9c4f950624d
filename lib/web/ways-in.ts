// Which ways in this installation offers, for the pages that show them.
import { env } from '../env'

export const offersEmailSignIn = (): boolean => env().EMAIL_SIGN_IN === 'on'

/** For the buttons: id and name of each provider that is set up. */
export const offeredProviders = (): { id: string; label: string }[] =>
  env().providers.map(({ id, label }) => ({ id, label }))

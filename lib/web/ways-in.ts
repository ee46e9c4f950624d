// Which ways in this installation offers, for the pages that show them.
import { env } from '../env'

export const offersEmailSignIn = (): boolean => env().EMAIL_SIGN_IN === 'on'

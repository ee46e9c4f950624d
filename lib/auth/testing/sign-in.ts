// Sign-in by password of somebody without a second factor.
import type { SignedIn } from '../arrival'
import { signIn as attempt } from '../sign-in'

export const signIn = async (...asked: Parameters<typeof attempt>): Promise<SignedIn> => {
  const admission = await attempt(...asked)
  if (!admission.admitted) throw new Error('A second factor is asked for')
  return admission.signedIn
}

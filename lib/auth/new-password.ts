// The one gate of every password that is chosen: sign-up, change, reset. First what we know ourselves, then what others know.
import { AppError } from '../core/errors'
import type { Context } from './context'
import { mustBeStrong } from './password-strength'

/**
 * @param person name and address, which it must not be made of
 * @param field the form's name for it
 * @throws AppError `invalid_fields` that says what would be better
 */
export const mustBeGood = async (
  { env, isBreached }: Pick<Context, 'env' | 'isBreached'>,
  typed: string,
  person: readonly string[],
  field: string,
): Promise<void> => {
  mustBeStrong(typed, env.PASSWORD_MIN_LENGTH, person, field)
  if (!(await isBreached(typed))) return
  const reason =
    'This password is in a list of stolen passwords that guessers try first. A few unrelated words do better.'
  throw new AppError('invalid_fields', { errors: { [field]: reason } })
}

// A secret that was made just now: its page gets it for one look and no second.
import type { Context } from '../auth/context'
import type { Flash } from './flow'

/** @param flash the message that holds it, sealed, and says whose it is @param id of that message */
export const readOnce = async (
  { limits }: Context,
  name: string,
  userId: string,
  flash: Flash | null,
  id: string | undefined,
): Promise<string | null> => {
  const { [name]: secret, of } = flash?.values ?? {}
  if (!secret || of !== userId) return null
  return (await limits.heldOnce.consume(`shown ${id}`)) === 0 ? secret : null
}

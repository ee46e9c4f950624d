// Taking a way into an account away: never the last one, and every other session with it.
import { AppError } from '../core/errors'
import { mayRemove, type WayIn } from '../core/ways-in'
import { countWaysIn } from '../db/ways-in'
import type { Client, Context } from './context'
import { endingOthers, type More } from './ending-others'
import type { Issued } from './issue-session'
import type { Holder } from './own-sessions'

/**
 * Counted after the holder was read, and written only if nothing of the kind was written since: two ways can't be taken
 * away past each other.
 * @param removed the statements that do it
 * @throws AppError `last_way_in`, `unauthenticated`
 */
export const removeWayIn = async (
  context: Context,
  holder: Holder,
  way: WayIn,
  removed: More,
  client: Client,
  now: number,
): Promise<Issued> => {
  if (!mayRemove(await countWaysIn(context.db, holder.user.id), way)) throw new AppError('last_way_in')
  return endingOthers(context, holder, holder.session.amr, removed, client, now)
}

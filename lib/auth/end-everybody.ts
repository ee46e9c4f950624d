// The emergency brake: ends every session of everybody. For a restored backup, a stolen key, a leak.
import { raiseAllEpochs } from '../db/epochs'
import { countAllLiveSessions } from '../db/session-list'
import { log } from '../log'
import type { Context } from './context'

/** How many sessions it would end. */
export const countEverybody = ({ db }: Context, now: number): Promise<number> => countAllLiveSessions(db, now)

export const endEverybody = async ({ db }: Context, now: number): Promise<void> => {
  await raiseAllEpochs(db, now, 'admin')
  log().warn({ event: 'everybody_ended' }, 'audit')
}

// What was ended lately, read from the rows that say so, and the sequence that orders snapshots.
import { eq, gt, max, sql } from 'drizzle-orm'
import type { Db, Queries } from './client'
import { read, write } from './steady'

export type EndedLately = {
  sequence: number
  /** Milliseconds; 0 for none. */
  notBefore: number
  sids: string[]
  epochs: [userId: string, epoch: number][]
}

const theRow = 1

/** @param since milliseconds @param most at most this many sessions, users and tokens each, newest or not */
export const findEndedSince = async ({ q, t }: Db, since: number, most: number): Promise<EndedLately> => {
  const [state] = await read(() => q.select().from(t.revocationState).where(eq(t.revocationState.id, theRow)))
  const sessions = await read(() =>
    q.select({ id: t.sessions.id }).from(t.sessions).where(gt(t.sessions.endedAt, since)).limit(most),
  )
  const users = await read(() =>
    q
      .select({ id: t.userEpochs.userId, epoch: max(t.userEpochs.epoch) })
      .from(t.userEpochs)
      .where(gt(t.userEpochs.at, since))
      .groupBy(t.userEpochs.userId)
      .limit(most),
  )
  // A personal access token is listed by its id, which is the `sid` of what it was exchanged for.
  const tokens = await read(() =>
    q
      .select({ id: t.personalTokens.id })
      .from(t.personalTokens)
      .where(gt(t.personalTokens.revokedAt, since))
      .limit(most),
  )
  return {
    sequence: state?.sequence ?? 0,
    notBefore: state?.notBefore ?? 0,
    sids: [...sessions, ...tokens].map(({ id }) => id),
    epochs: users.map(({ id, epoch }) => [id, epoch ?? 0]),
  }
}

/** Moves the sequence on, as part of the write that ends something. */
export const revocationNoted = (tx: Queries, t: Db['t']) =>
  tx
    .insert(t.revocationState)
    .values({ id: theRow, sequence: 1, notBefore: 0 })
    .onConflictDoUpdate({
      target: t.revocationState.id,
      set: { sequence: sql`${t.revocationState.sequence} + 1` },
    })

/** Moves the sequence on: something was ended. */
export const noteRevocation = async ({ q, t }: Db): Promise<void> => {
  await write(() => revocationNoted(q, t))
}

// The family of a session: what became of each generation of its refresh token. Book-keeping for people, not for rules.
import { desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from './client'
import { read, write } from './steady'

export type Rotation = Db['t']['rotations']['$inferSelect']
export type FamilyEvent = 'rotated' | 'repeated' | 'lost' | 'reused'

/** Notes what happened to one generation, whose row may not be there yet. */
export const noteRotation = async (
  { q, t }: Db,
  row: Pick<Rotation, 'sid' | 'generation' | 'parent' | 'at'>,
  event: FamilyEvent,
): Promise<void> => {
  const [repeats, losses, reusedAt] = [event === 'repeated' ? 1 : 0, event === 'lost' ? 1 : 0, row.at]
  await write(() =>
    q
      .insert(t.rotations)
      .values({ ...row, repeats, losses, reusedAt: event === 'reused' ? reusedAt : null })
      .onConflictDoUpdate({
        target: [t.rotations.sid, t.rotations.generation],
        set: {
          repeats: sql`${t.rotations.repeats} + ${repeats}`,
          losses: sql`${t.rotations.losses} + ${losses}`,
          ...(event === 'reused' ? { reusedAt } : {}),
        },
      }),
  )
}

/** At most `most` generations of a session, newest first: the newest, and one that came back however old it is. */
export const listFamily = async ({ q, t }: Db, sid: string, most: number): Promise<Rotation[]> => {
  const rows = await read(() =>
    q
      .select()
      .from(t.rotations)
      .where(eq(t.rotations.sid, sid))
      .orderBy(isNull(t.rotations.reusedAt), desc(t.rotations.generation))
      .limit(most),
  )
  return rows.sort((one, other) => other.generation - one.generation)
}

export const deleteOldRotations = async ({ q, t }: Db, before: number): Promise<void> => {
  await write(() => q.delete(t.rotations).where(lt(t.rotations.at, before)))
}

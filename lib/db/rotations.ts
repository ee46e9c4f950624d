// The family of a session: what became of each generation of its refresh token. Book-keeping for people, not for rules.
import { desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from './client'
import { deleteSome } from './old-rows'
import { preparedOnce, unnamed } from './prepared'
import { note, read } from './steady'

export type Rotation = Db['t']['rotations']['$inferSelect']
export type FamilyEvent = 'rotated' | 'repeated' | 'lost' | 'reused'

const noteOf = preparedOnce(({ q, t }) => {
  const value = (name: string) => sql`${sql.placeholder(name)}`
  return q
    .insert(t.rotations)
    .values({
      sid: value('sid'),
      generation: value('generation'),
      parent: value('parent'),
      at: value('at'),
      repeats: value('repeats'),
      losses: value('losses'),
      reusedAt: value('reusedAt'),
    })
    .onConflictDoUpdate({
      target: [t.rotations.sid, t.rotations.generation],
      set: {
        repeats: sql`${t.rotations.repeats} + excluded.repeats`,
        losses: sql`${t.rotations.losses} + excluded.losses`,
        reusedAt: sql`coalesce(excluded.reused_at, ${t.rotations.reusedAt})`,
      },
    })
    .prepare(...unnamed)
})

/** Notes what happened to one generation, whose row may not be there yet. */
export const noteRotation = async (
  db: Db,
  row: Pick<Rotation, 'sid' | 'generation' | 'parent' | 'at'>,
  event: FamilyEvent,
): Promise<void> => {
  const [repeats, losses] = [event === 'repeated' ? 1 : 0, event === 'lost' ? 1 : 0]
  const reusedAt = event === 'reused' ? row.at : null
  await note(db, () => noteOf(db).execute({ ...row, repeats, losses, reusedAt }))
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

/** Deletes at most `most` from before `before`. @returns how many */
export const deleteOldRotations = (db: Db, before: number, most: number): Promise<number> => {
  const { rotations } = db.t
  return deleteSome(db, rotations, [rotations.sid, rotations.generation], lt(rotations.at, before), most)
}

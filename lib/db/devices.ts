// Browsers that a user has signed in with, so that a new one can be told by mail.
import { and, eq, lt } from 'drizzle-orm'
import type { Db } from './client'
import { note, write } from './steady'

/** Notes that a user signed in with a device. @returns whether they had done so before */
export const meetDevice = async (db: Db, userId: string, idHash: string, at: number): Promise<boolean> => {
  const { q, t } = db
  const known = await note(db, () =>
    q
      .update(t.devices)
      .set({ lastSeenAt: at })
      .where(and(eq(t.devices.userId, userId), eq(t.devices.idHash, idHash)))
      .returning({ userId: t.devices.userId }),
  )
  if (known.length > 0) return true
  await note(db, () =>
    q.insert(t.devices).values({ userId, idHash, createdAt: at, lastSeenAt: at }).onConflictDoNothing(),
  )
  return false
}

/** Forgets every browser of a user: whichever signs in next is new. */
export const forgetDevices = async ({ q, t }: Db, userId: string): Promise<void> => {
  await write(() => q.delete(t.devices).where(eq(t.devices.userId, userId)))
}

export const deleteOldDevices = async ({ q, t }: Db, before: number): Promise<void> => {
  await write(() => q.delete(t.devices).where(lt(t.devices.lastSeenAt, before)))
}

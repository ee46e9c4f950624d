// Browsers that a user has signed in with, so that a new one can be told by mail.
import { and, eq, lt } from 'drizzle-orm'
import type { Db } from './client'
import { deleteSome } from './old-rows'
import { note, read, write } from './steady'

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

/** Whether the user of an address has signed in with a device. One look-up, so that an address nobody has takes as long. */
export const isDeviceOf = async ({ q, t }: Db, email: string, idHash: string): Promise<boolean> => {
  const rows = await read(() =>
    q
      .select({ userId: t.devices.userId })
      .from(t.devices)
      .innerJoin(t.users, eq(t.users.id, t.devices.userId))
      .where(and(eq(t.users.email, email), eq(t.devices.idHash, idHash))),
  )
  return rows.length > 0
}

/** Forgets every browser of a user: whichever signs in next is new. */
export const forgetDevices = async ({ q, t }: Db, userId: string): Promise<void> => {
  await write(() => q.delete(t.devices).where(eq(t.devices.userId, userId)))
}

/** Deletes at most `most` not seen since `before`. @returns how many */
export const deleteOldDevices = (db: Db, before: number, most: number): Promise<number> => {
  const { devices } = db.t
  return deleteSome(db, devices, [devices.userId, devices.idHash], lt(devices.lastSeenAt, before), most)
}

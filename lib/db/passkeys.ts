// Passkeys: public keys by their credentials' own ids. A signature counts once where the authenticator counts them.
import { and, asc, eq, lt, or, sql } from 'drizzle-orm'
import { insertAskedBy } from './asked-by'
import type { Db, Queries } from './client'
import { read, write } from './steady'
import type { User } from './users'

export type Passkey = Db['t']['passkeys']['$inferSelect']

/** A user's, the oldest first. */
export const listPasskeys = ({ q, t }: Db, userId: string): Promise<Passkey[]> =>
  read(() =>
    q
      .select()
      .from(t.passkeys)
      .where(eq(t.passkeys.userId, userId))
      .orderBy(asc(t.passkeys.createdAt), asc(t.passkeys.id)),
  )

/** A passkey and whose it is. */
export const findPasskey = async ({ q, t }: Db, id: string): Promise<{ passkey: Passkey; user: User } | null> => {
  const [row] = await read(() =>
    q
      .select({ passkey: t.passkeys, user: t.users })
      .from(t.passkeys)
      .innerJoin(t.users, eq(t.users.id, t.passkeys.userId))
      .where(eq(t.passkeys.id, id)),
  )
  return row ?? null
}

/** @returns false when that credential is known already, whoever holds it @throws as insertAskedBy() */
export const insertPasskey = (db: Db, passkey: Passkey, by?: string): Promise<boolean> =>
  insertAskedBy(db, passkey.userId, by, (tx, userId) => tx.insert(db.t.passkeys).values({ ...passkey, userId }))

/** What a signature says of its authenticator. */
export type PasskeyUse = Pick<Passkey, 'id' | 'counter' | 'backedUp'>

/**
 * Notes a use, unless its counter was reached before: then somebody else signed with a copy of the key. Authenticators
 * that don't count always say 0 (WebAuthn L3 §6.1.1).
 * @returns whether it was noted
 */
export const notePasskeyUse = async ({ q, t }: Db, use: PasskeyUse, at: number): Promise<boolean> => {
  const { id, counter, backedUp } = use
  const onwards = or(lt(t.passkeys.counter, counter), and(eq(t.passkeys.counter, 0), sql`${counter} = 0`))
  const rows = await write(() =>
    q
      .update(t.passkeys)
      .set({ counter, backedUp, lastUsedAt: at })
      .where(and(eq(t.passkeys.id, id), onwards))
      .returning({ id: t.passkeys.id }),
  )
  return rows.length === 1
}

/** @returns false for another's, as for one that never was */
export const renamePasskey = async ({ q, t }: Db, userId: string, id: string, name: string): Promise<boolean> => {
  const rows = await write(() =>
    q
      .update(t.passkeys)
      .set({ name })
      .where(and(eq(t.passkeys.id, id), eq(t.passkeys.userId, userId)))
      .returning({ id: t.passkeys.id }),
  )
  return rows.length === 1
}

/** As part of a larger write. */
export const passkeyRemoved = (tx: Queries, t: Db['t'], userId: string, id: string) =>
  tx.delete(t.passkeys).where(and(eq(t.passkeys.id, id), eq(t.passkeys.userId, userId)))

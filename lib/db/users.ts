// Users and their credentials.
import { and, eq, lt, type SQL } from 'drizzle-orm'
import { insertAskedBy } from './asked-by'
import type { Db, Queries } from './client'
import { resetTokensVoided } from './mailed-tokens'
import { deleteSome } from './old-rows'
import { read, write } from './steady'
import { isUniqueViolation } from './trouble'

export type User = Db['t']['users']['$inferSelect']
export type NewUser = Pick<User, 'id' | 'email' | 'name' | 'roles' | 'demo' | 'createdAt'>

/** Address, user and password hash in one look-up; the hash is `null` for a user without a password. */
export const findUserByEmail = async (
  { q, t }: Db,
  email: string,
): Promise<{ user: User; passwordHash: string | null } | null> => {
  const [row] = await read(() =>
    q
      .select({ user: t.users, passwordHash: t.credentials.secret })
      .from(t.users)
      .leftJoin(t.credentials, and(eq(t.credentials.userId, t.users.id), eq(t.credentials.kind, 'password')))
      .where(eq(t.users.email, email)),
  )
  return row ?? null
}

export const findUser = async ({ q, t }: Db, id: string): Promise<User | null> => {
  const [row] = await read(() => q.select().from(t.users).where(eq(t.users.id, id)))
  return row ?? null
}

export type Arrival = {
  user: NewUser
  session: Db['t']['sessions']['$inferInsert']
  passwordHash: string | null
  /** The mailed token that proved the address: used up in the same write. */
  usedToken: string | null
  /** The account at another provider that vouched for the address. */
  connected?: Db['t']['connectedAccounts']['$inferSelect']
}

/**
 * Makes a user, their password and their first session, all or nothing.
 * @returns false when the address has an account already
 */
export const createUser = async (
  { batch, t }: Db,
  { user, session, passwordHash, usedToken, connected }: Arrival,
): Promise<boolean> => {
  try {
    await write(() =>
      batch((tx) => [
        tx.insert(t.users).values(user),
        ...(passwordHash === null
          ? []
          : [
              tx.insert(t.credentials).values({
                userId: user.id,
                kind: 'password',
                secret: passwordHash,
                createdAt: user.createdAt,
                changedAt: user.createdAt,
              }),
            ]),
        tx.insert(t.sessions).values(session),
        ...(connected === undefined ? [] : [tx.insert(t.connectedAccounts).values(connected)]),
        ...(usedToken === null ? [] : [tx.delete(t.mailedTokens).where(eq(t.mailedTokens.id, usedToken))]),
      ]),
    )
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

export const renameUser = async ({ q, t }: Db, id: string, name: string): Promise<void> => {
  await write(() => q.update(t.users).set({ name }).where(eq(t.users.id, id)))
}

/** As part of a larger write. */
export const emailChanged = (tx: Queries, t: Db['t'], id: string, from: string, to: string) =>
  tx
    .update(t.users)
    .set({ email: to })
    .where(and(eq(t.users.id, id), eq(t.users.email, from)))

/** `null` for a user without a password. */
export const findPasswordHash = async ({ q, t }: Db, userId: string): Promise<string | null> => {
  const [row] = await read(() =>
    q
      .select({ secret: t.credentials.secret })
      .from(t.credentials)
      .where(and(eq(t.credentials.userId, userId), eq(t.credentials.kind, 'password'))),
  )
  return row?.secret ?? null
}

/** As part of a larger write. */
export const passwordChanged = (tx: Queries, t: Db['t'], userId: string, hash: string, at: number) =>
  tx
    .update(t.credentials)
    .set({ secret: hash, changedAt: at })
    .where(and(eq(t.credentials.userId, userId), eq(t.credentials.kind, 'password')))

/** The same, also for somebody who had none. @param userId null, which no row takes, lets the write fail whole */
export const passwordSet = (tx: Queries, t: Db['t'], userId: string | SQL<string>, hash: string, at: number) =>
  tx
    .insert(t.credentials)
    .values({ userId: userId as never, kind: 'password', secret: hash, createdAt: at, changedAt: at })
    .onConflictDoUpdate({
      target: [t.credentials.userId, t.credentials.kind],
      set: { secret: hash, changedAt: at },
    })

/** Links that could have chosen another are void. @returns false when there is one already @throws as insertAskedBy() */
export const addPassword = (
  db: Db,
  { id, email }: Pick<User, 'id' | 'email'>,
  hash: string,
  at: number,
  by?: string,
): Promise<boolean> =>
  insertAskedBy(
    db,
    id,
    by,
    (tx, userId) =>
      tx.insert(db.t.credentials).values({ userId, kind: 'password', secret: hash, createdAt: at, changedAt: at }),
    (tx) => [resetTokensVoided(tx, db.t, email)],
  )

/** As part of a larger write. */
export const passwordRemoved = (tx: Queries, t: Db['t'], userId: string) =>
  tx.delete(t.credentials).where(and(eq(t.credentials.userId, userId), eq(t.credentials.kind, 'password')))

/** Replaces a password hash, unless it has changed since `former` was read. */
export const replacePasswordHash = ({ q, t }: Db, userId: string, former: string, hash: string, now: number) =>
  write(() =>
    q
      .update(t.credentials)
      .set({ secret: hash, changedAt: now })
      .where(
        and(eq(t.credentials.userId, userId), eq(t.credentials.kind, 'password'), eq(t.credentials.secret, former)),
      ),
  )

/** Deletes at most `most` throw-away users of the demo made before `before`, their sessions with them. @returns how many */
export const deleteOldDemoUsers = (db: Db, before: number, most: number): Promise<number> => {
  const { users } = db.t
  return deleteSome(db, users, [users.id], and(eq(users.demo, true), lt(users.createdAt, before)), most)
}

// Signing keys: public parts to publish, private parts sealed. Each write is one that only one of two racers can win.
import { and, asc, eq, inArray, ne, notExists, sql } from 'drizzle-orm'
import type { Db } from './client'
import { read, write } from './steady'

export type SigningKeyRow = Db['t']['signingKeys']['$inferSelect']

/** Every key whose tokens may still be alive. */
export const listLiveKeys = ({ q, t }: Db): Promise<SigningKeyRow[]> =>
  read(() => q.select().from(t.signingKeys).where(ne(t.signingKeys.state, 'retired')))

/** Every key there ever was, oldest first. */
export const listKeys = ({ q, t }: Db): Promise<SigningKeyRow[]> =>
  read(() => q.select().from(t.signingKeys).orderBy(asc(t.signingKeys.createdAt), asc(t.signingKeys.kid)))

const anActiveOne = ({ q, t }: Pick<Db, 'q' | 't'>) =>
  q.select({ one: sql`1` }).from(t.signingKeys).where(eq(t.signingKeys.state, 'active'))

/**
 * Stores a key that is new, or one that is derived and comes back. Where there is an active one already, another
 * process was faster: a second is dropped.
 */
export const storeKey = async (db: Db, key: SigningKeyRow): Promise<void> => {
  const { q, t } = db
  const { kid, alg, state, createdAt, activatedAt, retiredAt } = key
  await write(() => q.insert(t.signingKeys).values(key).onConflictDoNothing())
  if (alg !== 'HS256') return
  const gone = and(eq(t.signingKeys.kid, kid), inArray(t.signingKeys.state, ['retiring', 'retired']))
  await write(() =>
    q
      .update(t.signingKeys)
      .set({ state, createdAt, activatedAt, retiredAt })
      .where(state === 'active' ? and(gone, notExists(anActiveOne(db))) : gone),
  )
}

/**
 * Lets a key that is next sign, and the one before it no more, both or neither.
 * @param goneAt when the last token of the one before is dead, milliseconds
 */
export const activateKey = async (
  { batch, t }: Db,
  kid: string,
  from: string | null,
  goneAt: number,
  now: number,
): Promise<void> => {
  await write(() =>
    batch((tx) => [
      ...(from === null
        ? []
        : [
            tx
              .update(t.signingKeys)
              .set({ state: 'retiring', retiredAt: goneAt })
              .where(
                and(
                  eq(t.signingKeys.kid, from),
                  eq(t.signingKeys.state, 'active'),
                  sql`exists (select 1 from ${t.signingKeys} as coming where coming.kid = ${kid} and coming.state = 'next')`,
                ),
              ),
          ]),
      tx
        .update(t.signingKeys)
        .set({ state: 'active', activatedAt: now })
        .where(and(eq(t.signingKeys.kid, kid), eq(t.signingKeys.state, 'next'), notExists(anActiveOne({ q: tx, t })))),
    ]),
  )
}

/** Ends a key's life, whichever state it is in: it verifies nothing more, and its private part is gone. */
export const retireKey = async ({ q, t }: Db, kid: string, now: number): Promise<void> => {
  await write(() =>
    q
      .update(t.signingKeys)
      .set({ state: 'retired', retiredAt: now, sealedPrivateJwk: '' })
      .where(and(eq(t.signingKeys.kid, kid), ne(t.signingKeys.state, 'retired'))),
  )
}

/** Forgets a key that has never signed. */
export const dropKey = async ({ q, t }: Db, kid: string): Promise<void> => {
  await write(() => q.delete(t.signingKeys).where(and(eq(t.signingKeys.kid, kid), eq(t.signingKeys.state, 'next'))))
}

/** Puts a new seal in the place of the one that was read, unless another process has done so. */
export const replaceSeal = async ({ q, t }: Db, key: SigningKeyRow, sealedPrivateJwk: string): Promise<void> => {
  await write(() =>
    q
      .update(t.signingKeys)
      .set({ sealedPrivateJwk })
      .where(and(eq(t.signingKeys.kid, key.kid), eq(t.signingKeys.sealedPrivateJwk, key.sealedPrivateJwk))),
  )
}

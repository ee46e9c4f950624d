// Signing keys: public parts to publish, private parts sealed.
import { and, eq, ne } from 'drizzle-orm'
import type { Db } from './client'
import { read, write } from './steady'

export type SigningKeyRow = Db['t']['signingKeys']['$inferSelect']

/** Every key whose tokens may still be alive. */
export const listLiveKeys = ({ q, t }: Db): Promise<SigningKeyRow[]> =>
  read(() => q.select().from(t.signingKeys).where(ne(t.signingKeys.state, 'retired')))

/** Stores the first key. Another process that was faster has already stored it: then this one is dropped. */
export const insertFirstKey = async ({ q, t }: Db, key: SigningKeyRow): Promise<void> => {
  await write(() => q.insert(t.signingKeys).values(key).onConflictDoNothing())
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

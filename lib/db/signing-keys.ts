// Signing keys: public parts to publish, private parts sealed.
import { ne } from 'drizzle-orm'
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

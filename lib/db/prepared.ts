// Queries on the path of every request, spelled out once for each database that this process opened: to build one costs
// more than to run it.
import type { Db } from './client'

type Prepared = Pick<Db, 'q' | 't'>

/**
 * Of SQLite's types, which know no name. On Postgres one would bind the query to a connection, which a pooler may change.
 * @example `q.select()….prepare(...unnamed)`
 */
export const unnamed = [''] as unknown as []

/** @param prepare is called once for each database */
export const preparedOnce = <T>(prepare: (db: Prepared) => T): ((db: Prepared) => T) => {
  const made = new WeakMap<Db['q'], T>()
  return (db) => {
    const known = made.get(db.q)
    if (known) return known
    const query = prepare(db)
    made.set(db.q, query)
    return query
  }
}

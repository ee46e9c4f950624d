// Counters for limits, in the database: they survive a restart and every process sees the same ones.
import { lt } from 'drizzle-orm'
import { RateLimiterPostgres, RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible'
import type { Db } from './client'
import { deleteSome } from './old-rows'
import { note } from './steady'

export type Limit = { name: string; points: number /** Seconds. */; duration: number }
export type Limiter = {
  /** @returns 0, or the seconds after which it is worth trying again */
  consume: (key: string) => Promise<number>
  /** Gives a point back: this try was a good one. */
  reward: (key: string) => Promise<void>
  /** @returns whether anything was counted: of many at once one is told so */
  reset: (key: string) => Promise<boolean>
}

/** Deletes at most `most` whose time is over. @returns how many */
export const deleteExpiredLimits = (db: Db, now: number, most: number): Promise<number> =>
  deleteSome(db, db.t.limits, [db.t.limits.key], lt(db.t.limits.expire, now), most)

/** One statement counts and says how many there are, on both engines. */
const openStore = (db: Db, { name, points, duration }: Limit) => {
  const options = {
    tableName: 'limits',
    tableCreated: true,
    keyPrefix: name,
    points,
    duration,
    clearExpiredByTimeout: false,
  }
  return db.engine === 'postgres'
    ? new RateLimiterPostgres({ ...options, storeClient: db.driver, storeType: 'pool' })
    : new RateLimiterSQLite({ ...options, storeClient: db.driver, storeType: 'better-sqlite3' })
}

export const openLimiter = (db: Db, limit: Limit): Limiter => {
  const store = openStore(db, limit)
  return {
    consume: async (key) => {
      try {
        await note(db, () => store.consume(key))
        return 0
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
        throw refused
      }
    },
    reward: async (key) => {
      await note(db, () => store.reward(key))
    },
    reset: (key) => note(db, () => store.delete(key)),
  }
}

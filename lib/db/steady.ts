// Patience with a database that is busy or away: waits without blocking the event loop, then gives up with a 503 that
// loses nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import { elapsed } from '../clock'
import { AppError } from '../core/errors'
import type { Db } from './client'
import { type Trouble, troubleOf, withoutSecrets } from './trouble'

/** How long a statement may wait for its turn, for a connection and for a lock, milliseconds. */
const patience = 1000

const unavailable = (cause: unknown) =>
  new AppError('temporarily_unavailable', { retryAfter: 1 }, { cause: withoutSecrets(cause) })

const isTemporary = (trouble: Trouble): boolean => trouble !== 'unique' && trouble !== 'absent' && trouble !== 'other'

/** A driver's error for which waiting or an operator is the cure → a 503; anything else as it is, without what it quotes. */
export const asUnavailable = (error: unknown): unknown =>
  isTemporary(troubleOf(error)) ? unavailable(error) : withoutSecrets(error)

const persist = async <T>(run: () => PromiseLike<T>, deadline: number, again: readonly Trouble[]): Promise<T> => {
  let last: unknown = new Error('The turn of this write came too late')
  for (;;) {
    // A turn that came too late must not probe the lock once more: each probe blocks the event loop.
    if (elapsed() >= deadline) throw unavailable(last)
    try {
      return await run()
    } catch (error) {
      if (!again.includes(troubleOf(error))) throw asUnavailable(error)
      last = error
      await sleep(10 + Math.random() * 40)
    }
  }
}

/** A read. It may be asked again whatever became of the first try. */
export const read = <T>(run: () => PromiseLike<T>): Promise<T> =>
  persist(run, elapsed() + patience, ['passing', 'broken'])

/** Next bundles pages and handlers apart, so the one line of this process hangs on globalThis. */
const shared: typeof globalThis & { handstampWriters?: Promise<unknown> | 'parallel' } = globalThis

/** Said by a database that takes many writers at once. A process has one database, but for tests. */
export const writeInParallel = (): void => {
  shared.handstampWriters = 'parallel'
}

/**
 * A write. On SQLite writers of this process stand in line, so that only the first one probes a lock held by another.
 *
 * Tried again only when it is sure that nothing was written. Where the connection broke, a commit may have been done
 * without our hearing of it, and a second try would take its own work for another's: an end that "had ended before"
 * would go without its audit row, a new user would be told that the address is taken, a limit would count twice. The
 * 503 hands the decision back to whoever asked: they read again and decide again (the lineage of a session by the
 * grace, an epoch by its key, a sign-in as a new session), and nothing here is done by halves.
 */
export const write = <T>(run: () => PromiseLike<T>): Promise<T> => {
  const deadline = elapsed() + patience
  const line = shared.handstampWriters ?? Promise.resolve()
  if (line === 'parallel') return persist(run, deadline, ['passing'])
  const turn = line.then(() => persist(run, deadline, ['passing']))
  shared.handstampWriters = turn.catch(() => undefined)
  return turn
}

/**
 * A write of counters and notes, which a loss of power may take back: a stop or a crash of this process takes back none.
 * On SQLite waiting for the disk keeps everybody waiting, so only what was promised to somebody waits for it.
 */
export const note = <T>({ unsynced }: Pick<Db, 'unsynced'>, run: () => PromiseLike<T>): Promise<T> =>
  write(() => unsynced(run))

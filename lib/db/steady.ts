// Patience with a busy database: waits without blocking the event loop, then gives up with a 503 that loses nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import { elapsed } from '../clock'
import { AppError } from '../core/errors'

/** How long a write may wait for its turn and for the lock, milliseconds. */
const patience = 1000
const transient = /^SQLITE_(BUSY|LOCKED)/
const unwritable = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/

/** The driver's code, also from inside drizzle's wrapper. */
export const driverCode = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && at.code.startsWith('SQLITE_')) return at.code
  }
  return ''
}

export const isUniqueViolation = (error: unknown): boolean =>
  /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(driverCode(error))

/** A driver's error for which waiting or an operator is the cure → a 503; anything else as it is. */
export const asUnavailable = (error: unknown): unknown => {
  const code = driverCode(error)
  return unwritable.test(code) || transient.test(code) ? unavailable(error) : error
}

const unavailable = (cause: unknown) => new AppError('temporarily_unavailable', { retryAfter: 1 }, { cause })

const persist = async <T>(run: () => PromiseLike<T>, deadline: number): Promise<T> => {
  let last: unknown = new Error('The turn of this write came too late')
  for (;;) {
    // A turn that came too late must not probe the lock once more: each probe blocks the event loop.
    if (elapsed() >= deadline) throw unavailable(last)
    try {
      return await run()
    } catch (error) {
      const code = driverCode(error)
      if (unwritable.test(code)) throw unavailable(error)
      if (!transient.test(code)) throw error
      last = error
      await sleep(10 + Math.random() * 40)
    }
  }
}

/** A read. In WAL mode readers wait for nobody, so being busy here is rare and short. */
export const read = <T>(run: () => PromiseLike<T>): Promise<T> => persist(run, elapsed() + patience)

/** Next bundles pages and handlers apart, so the one line of this process hangs on globalThis. */
const shared: typeof globalThis & { handstampWriters?: Promise<unknown> } = globalThis

/** A write. Writers of this process stand in line, so that only the first one probes a lock held by another. */
export const write = <T>(run: () => PromiseLike<T>): Promise<T> => {
  const deadline = elapsed() + patience
  const line = shared.handstampWriters ?? Promise.resolve()
  const turn = line.then(() => persist(run, deadline))
  shared.handstampWriters = turn.catch(() => undefined)
  return turn
}

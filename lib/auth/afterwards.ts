// Work beside an answer that is decided already: it must neither hold the answer up nor turn it into a failure.
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../log'

/** Logs a failure of `work` and goes on. @param what is put off or lost then, for the log */
export const afterwards = async (what: string, work: Promise<unknown>): Promise<void> => {
  try {
    await work
  } catch (error) {
    log().error({ err: error }, `${what} failed`)
  }
}

/**
 * The same, begun once the answer is on its way and lost if the process stops before it is done; whoever waits for it asks
 * again: what is done for a known address alone shares the event loop with the
 * answer, and would show in its time. The moment is random, so that it does not show in the next answer's either.
 */
export const later = async (what: string, begin: () => Promise<unknown>): Promise<void> => {
  await sleep(25 + Math.random() * 75)
  await afterwards(what, begin())
}

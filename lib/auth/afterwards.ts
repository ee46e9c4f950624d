// Work beside an answer that is decided already: it must neither hold the answer up nor turn it into a failure.
import { log } from '../log'

/** Logs a failure of `work` and goes on. @param what is put off or lost then, for the log */
export const afterwards = async (what: string, work: Promise<unknown>): Promise<void> => {
  try {
    await work
  } catch (error) {
    log().error({ err: error }, `${what} failed`)
  }
}

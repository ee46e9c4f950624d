// Whether this process can serve sign-ins. Names what is missing, not why: the log has the cause.
import { now } from '../clock'
import { AppError } from '../core/errors'
import { log } from '../log'
import { currentContext } from './context'

/** @returns names of what is missing; empty when ready */
export const readiness = async (): Promise<string[]> => {
  try {
    const context = await currentContext()
    await context.keys(now())
    return []
  } catch (error) {
    log().error({ err: error }, 'not ready')
    return [
      error instanceof AppError && error.code === 'misconfigured' ? (error.details.detail ?? 'settings') : 'database',
    ]
  }
}

// A command on the app's own database: settings from the same files as the app, one plain line for what goes wrong.
import { type Context, openContext } from '../lib/auth/context'
import { AppError } from '../lib/core/errors'
import { readEnv } from '../lib/env'
import { loadSettings } from './settings.mjs'

/** Runs `work` with the app's context and closes it, whatever happens. */
export const runCommand = async (work: (context: Context) => Promise<void>): Promise<void> => {
  // What the app would log is not for whoever waits for a command's answer.
  process.env.LOG_LEVEL ??= 'error'
  try {
    await loadSettings(false)
    const context = await openContext(readEnv(process.env))
    try {
      await work(context)
    } finally {
      await context.db.close()
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

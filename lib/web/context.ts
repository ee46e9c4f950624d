// The context of this process, opened at first use. Next bundles pages and handlers apart, so it hangs on globalThis.
import { type Context, openContext } from '../auth/context'
import { keepSending } from '../auth/outbox'
import { keepSweeping } from '../auth/sweep'
import { asUnavailable } from '../db/steady'
import { env } from '../env'

const holder: typeof globalThis & { handstampContext?: Promise<Context> } = globalThis

const open = async (): Promise<Context> => {
  const context = await openContext(env()).catch((error: unknown) => {
    throw asUnavailable(error)
  })
  keepSweeping(context)
  keepSending(context.outbox)
  return context
}

/** @throws AppError `misconfigured` or the driver's error; neither is remembered, so mending the cause is enough */
export const currentContext = (): Promise<Context> => {
  if (!holder.handstampContext) {
    const opening = open()
    holder.handstampContext = opening
    opening.catch(() => {
      delete holder.handstampContext
    })
  }
  return holder.handstampContext
}

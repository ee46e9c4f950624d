// What pages may know of the flow: the message for them, for whom a code is on its way, whether a link was opened.
import { headers } from 'next/headers'
import { cache } from 'react'
import { now } from '../clock'
import { currentContext } from './context'
import { type Flash, openFlow } from './flow'

const currentFlow = cache(async () => openFlow(await currentContext(), (await headers()).get('cookie'), now()))

/** The message left for this page by the redirect that led here; a later visit without its id shows nothing. */
export const readFlash = async (page: string, id: string | undefined): Promise<Flash | null> => {
  const { flash } = await currentFlow()
  if (!flash || flash.id !== id || flash.page !== page) return null
  const { code, text, errors, values } = flash
  return { code, text, errors, values }
}

export const readPendingSignUp = async (): Promise<{ email: string; name: string } | null> => {
  const { pending } = await currentFlow()
  return pending ? { email: pending.email, name: pending.name } : null
}

export const hasLinkToken = async (): Promise<boolean> => (await currentFlow()).link !== undefined

// What pages may know of the flow: the message for them, for whom a code is on its way, whether a link was opened.
import { headers } from 'next/headers'
import { cache } from 'react'
import { undoOfLink } from '../auth/change-email'
import { departedAddress } from '../auth/delete-account'
import { holderOfReset } from '../auth/reset-password'
import { addressOfLink } from '../auth/verify-email'
import { now } from '../clock'
import { flashHeader } from '../core/identity-headers'
import { currentContext } from './context'
import { type Flash, type Flow, openFlow } from './flow'
import { asAppError } from './problem'

const currentFlow = cache(async (): Promise<Flow> => {
  const cookies = (await headers()).get('cookie')
  try {
    return await openFlow(await currentContext(), cookies, now())
  } catch (error) {
    // Public pages live without a database: they have nothing to say then, and the log has why.
    asAppError(error)
    return {}
  }
})

/** The message left for this page by the redirect that led here; a later visit without its id shows nothing. */
export const readFlash = async (page: string, id: string | undefined): Promise<Flash | null> => {
  const { flash } = await currentFlow()
  if (!flash || flash.id !== id || flash.page !== page) return null
  const { code, text, errors, values } = flash
  return { code, text, errors, values }
}

/** Code of the message that this page shows, for `<html data-auth-reason>`. */
export const readAuthReason = async (): Promise<string | undefined> => {
  const id = (await headers()).get(flashHeader)
  if (!id) return undefined
  const { flash } = await currentFlow()
  return flash?.id === id ? flash.code : undefined
}

export const readPendingSignUp = async (): Promise<{ email: string; name: string } | null> => {
  const { pending } = await currentFlow()
  return pending ? { email: pending.email, name: pending.name } : null
}

/** The address that a link opened in this browser would prove; `null` when there is none, or it is used or too old. */
export const readLinkAddress = async (): Promise<string | null> => {
  const { link } = await currentFlow()
  return link === undefined ? null : addressOfLink(await currentContext(), link, now())
}

/** The address whose password a link opened in this browser would change; `null` as above. */
export const readResetAddress = async (): Promise<string | null> => {
  const { reset } = await currentFlow()
  return reset === undefined ? null : ((await holderOfReset(await currentContext(), reset, now()))?.email ?? null)
}

/** The authenticator app that is being added in this browser. */
export const readFlowEnrolment = async (): Promise<Flow['enrolment']> => (await currentFlow()).enrolment

/** The first factor that waits in this browser for the second; `null` when there is none, or it waited too long. */
export const readPendingFactor = async (): Promise<Flow['factor'] | null> => {
  const { factor } = await currentFlow()
  return factor && factor.until > now() ? factor : null
}

/** The codes that are on their way by mail to this browser's person. */
export const readMailedCodes = async (): Promise<Pick<Flow, 'mailed' | 'mailedProof' | 'mailedChange'>> => currentFlow()

/** The address that a link opened in this browser would put back; `null` when there is none, or it is used or too old. */
export const readUndoneEmail = async (): Promise<string | null> => {
  const { undoEmail } = await currentFlow()
  return undoEmail === undefined ? null : ((await undoOfLink(await currentContext(), undoEmail, now()))?.former ?? null)
}

/** The address whose account a link opened in this browser would bring back; `null` as above. */
export const readDepartedAddress = async (): Promise<string | null> => {
  const { undoDeletion } = await currentFlow()
  return undoDeletion === undefined ? null : departedAddress(await currentContext(), undoDeletion, now())
}

/** Token of a "this wasn't me" link that was followed in this browser. */
export const readDisownToken = async (): Promise<string | undefined> => (await currentFlow()).disown

/** The message for whatever page this is; for layouts, which don't know their page's query. */
export const readFlashHere = async (): Promise<Flash | null> => {
  const id = (await headers()).get(flashHeader)
  const { flash } = await currentFlow()
  if (!flash || flash.id !== id) return null
  const { code, text, errors, values } = flash
  return { code, text, errors, values }
}

// The one way for pages to ask who is there. The gate has looked already; this looks again, at the row as well.

import type { Route } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { type Checked, checkSession } from '../auth/check-session'
import { now } from '../clock'
import { carriesNothing, readCarried } from '../core/carriers'
import { AppError } from '../core/errors'
import { backgroundHeader, pathHeader } from '../core/identity-headers'
import { currentContext } from './context'

const carriedNow = async () => readCarried((await headers()).get('cookie'), (await currentContext()).env.secure)

/** Checked once per request, however many layouts and pages ask. */
export const getSession = cache(async (): Promise<Checked> => {
  const context = await currentContext()
  const asked = await headers()
  const carried = readCarried(asked.get('cookie'), context.env.secure)
  return checkSession(context, carried, now(), asked.has(backgroundHeader))
})

/**
 * The session, or a redirect: to a refresh where there is something to refresh (it also finds out why a session ended
 * and clears its cookies), else to sign-in. Both lead back to the page that asked.
 */
export const requireUser = async (): Promise<Checked & { ok: true }> => {
  const next = encodeURIComponent((await headers()).get(pathHeader) ?? '')
  const checked = await getSession().catch((error: unknown) => {
    // A page can't answer 503 once it renders, and its error page needs scripts: a handler says it instead.
    if (error instanceof AppError && error.code === 'temporarily_unavailable')
      return redirect(`/unavailable?next=${next}` as Route)
    throw error
  })
  if (checked.ok) return checked
  const { refresh } = checked.reason === 'mixed_identity' ? carriesNothing(checked.reason) : await carriedNow()
  return redirect((refresh === null ? `/sign-in?next=${next}` : `/api/auth/refresh?next=${next}`) as Route)
}

/** As requireUser, in a session that began with two factors; any other is led to where one is turned on. */
export const requireSecondFactor = async (): Promise<Checked & { ok: true }> => {
  const checked = await requireUser()
  return checked.session.amr.includes('mfa') ? checked : redirect('/settings/security' as Route)
}

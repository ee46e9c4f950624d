// POST: new tokens for programs. GET ?next=: the same for a page that the gate found with a spent access token.
import { refreshSession } from '@/lib/auth/refresh'
import { endWords } from '@/lib/core/end-words'
import { AppError } from '@/lib/core/errors'
import { safeRedirect } from '@/lib/core/redirect'
import { nothing } from '@/lib/web/api/bodies'
import { clearSession, sessionCookies } from '@/lib/web/cookies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { problemResponse } from '@/lib/web/problem'
import { json, temporaryRedirect } from '@/lib/web/reply'
import { navigating, posting } from '@/lib/web/route'
import { sessionView } from '@/lib/web/session-view'
import { home } from '@/lib/web/signed-in'

const page = { path: '/sign-in', keep: [] }

/**
 * What ended a session here has set this browser's cookies already. A late answer that clears them would hit the session
 * that came after it.
 */
const endedHere = new Set(['replaced', 'signed_out'])
const clearedFor = (reason: string, { env }: { env: { secure: boolean } }) =>
  endedHere.has(reason) ? [] : clearSession(env)

export const POST = posting({ body: nothing, page }, async ({ context, carried, background, client, now }) => {
  const refreshed = await refreshSession(context, carried.refresh, client, now, background)
  if (!refreshed.ok) {
    const ended = new AppError('session_ended', { reason: refreshed.reason, detail: endWords[refreshed.reason] })
    return problemResponse(ended, clearedFor(refreshed.reason, context))
  }
  const body = { status: 'refreshed', session: sessionView(refreshed.session) }
  return json(200, body, sessionCookies(refreshed.tokens, context.env, now))
})

export const GET = navigating(async ({ request, context, carried, background, client, now }) => {
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), home)
  const refreshed = await refreshSession(context, carried.refresh, client, now, background)
  if (refreshed.ok) return temporaryRedirect(next, sessionCookies(refreshed.tokens, context.env, now))
  const flash = { code: refreshed.reason, text: endWords[refreshed.reason], errors: {}, values: {} }
  return redirectWithFlash('/sign-in', flash, request, { next }, { cookies: clearedFor(refreshed.reason, context) })
})

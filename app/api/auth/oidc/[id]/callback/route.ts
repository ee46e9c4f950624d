// GET: where a provider sends the browser back to. Signs in, signs up, or connects, once for each way there.
import { connectOwn } from '@/lib/auth/connected-accounts'
import { arriveFromProvider, redeemAttempt } from '@/lib/auth/provider-sign-in'
import { AppError, refusals } from '@/lib/core/errors'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { asAppError } from '@/lib/web/problem'
import { requireBrowser } from '@/lib/web/require-session'
import { navigating } from '@/lib/web/route'
import { admissionReply } from '@/lib/web/signed-in'

const connected = {
  code: 'done',
  text: 'That account is connected. It signs you in from now on.',
  errors: {},
  values: {},
}

export const GET = navigating(async (call) => {
  const { request, context, client, carried, flow, now } = call
  const { pathname, search } = new URL(request.url)
  const id = pathname.split('/').at(-2) ?? ''
  const linking = flow.provider?.userId ?? null
  const back = linking === null ? '/sign-in' : '/settings/security'
  const change = { provider: undefined }
  try {
    const { attempt, profile } = await redeemAttempt(context, id, flow.provider, search, now)
    if (linking === null) {
      const admission = await arriveFromProvider(context, id, profile, carried, client, now)
      const form = { ...call, form: true, fields: {}, typed: {}, flow: { ...flow, provider: undefined } }
      return await admissionReply(form, admission, { next: attempt.next })
    }
    const holder = await requireBrowser(call)
    // Somebody else has signed in since: it must not become theirs.
    if (holder.user.id !== linking) throw new AppError('provider_mismatch')
    await connectOwn(context, holder, id, profile, client, now)
    return await redirectWithFlash(back, connected, request, {}, { change })
  } catch (error) {
    const { code, details } = asAppError(error)
    const text = details.detail ?? refusals[code].title
    const next = flow.provider?.next ?? ''
    const query = new URLSearchParams(linking === null && next ? { next } : {})
    const said = { code, text, errors: {}, values: {} }
    return redirectWithFlash(back, said, request, Object.fromEntries(query), { change })
  }
})

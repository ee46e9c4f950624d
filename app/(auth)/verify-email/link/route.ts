// GET: where a mailed link lands. Takes the token out of the URL and into the flow seal; uses nothing up, so that mail
// scanners may follow it.
import { sealFlow } from '@/lib/web/flow'
import { seeOther } from '@/lib/web/reply'
import { navigating } from '@/lib/web/route'

const form = /^[A-Za-z0-9_-]{43}$/

export const GET = navigating(async ({ request, context, flow, now }) => {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const { link: _former, ...rest } = flow
  const next = form.test(token) ? { ...rest, link: token } : rest
  const response = seeOther('/verify-email/confirm', [await sealFlow(context, next, now)])
  response.headers.set('referrer-policy', 'no-referrer')
  return response
})

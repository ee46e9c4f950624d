// POST: ends the session of this browser. Twice is no error.
import { signOut } from '@/lib/auth/sign-out'
import { readCandidates } from '@/lib/core/carriers'
import { nothing } from '@/lib/web/api/bodies'
import { clearFlow, clearSession } from '@/lib/web/cookies'
import { noContent, seeOther } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/', keep: [] }

export const POST = posting({ body: nothing, page }, async ({ request, context, client, form, now }) => {
  // Cookies that contradict each other are nobody's for every other purpose; here each of them ends.
  for (const carried of readCandidates(request.headers.get('cookie'), context.env.secure))
    await signOut(context, carried, client, now)
  const cookies = [...clearSession(context.env), clearFlow(context.env)]
  const response = form ? seeOther('/', cookies) : noContent(cookies)
  // What this browser kept of signed-in pages goes too (Clear Site Data, W3C).
  response.headers.set('clear-site-data', '"cache", "storage"')
  return response
})

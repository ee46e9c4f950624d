// GET: where a page leads when the database does not answer: a real 503, readable without scripts, that tries again.
import { AppError } from '@/lib/core/errors'
import { safeRedirect } from '@/lib/core/redirect'
import { problemPage } from '@/lib/web/problem'
import { home } from '@/lib/web/signed-in'

export const GET = (request: Request): Response => {
  const next = safeRedirect(new URL(request.url).searchParams.get('next'), home)
  return problemPage(request, new AppError('temporarily_unavailable', { retryAfter: 1 }), next)
}

// GET: everything that a sign-in needs is there, or 503 naming what is missing.
import { readiness } from '@/lib/web/readiness'
import { json } from '@/lib/web/reply'

// Never at build time: the answer is about the process that is asked.
export const dynamic = 'force-dynamic'

export const GET = async () => {
  const missing = await readiness()
  return missing.length === 0 ? json(200, { status: 'ready' }) : json(503, { status: 'not_ready', missing })
}

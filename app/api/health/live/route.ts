// GET: the process answers.
import { json } from '@/lib/web/reply'

export const GET = () => json(200, { status: 'live' })

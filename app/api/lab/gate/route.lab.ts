// GET: 204 for whoever the gate lets through. It looks at nothing itself, so that the gate's verdict is seen alone.
import { noContent } from '@/lib/web/reply'

export const dynamic = 'force-dynamic'

export const GET = (): Response => noContent()

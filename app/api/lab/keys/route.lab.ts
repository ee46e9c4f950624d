// POST: rotates the keys of the lab, not of the app.
import { keysPage, turnRingForVisitor } from '@/lib/lab/ring-turn'
import { nothing } from '@/lib/web/api/bodies'
import { posting } from '@/lib/web/route'

export const POST = posting({ body: nothing, page: keysPage }, turnRingForVisitor)

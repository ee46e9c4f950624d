// POST: a second session of the visitor's is refreshed by two tabs, by its owner and by a thief.
import { refreshForVisitor, refreshPage } from '@/lib/lab/live-refresh'
import { nothing } from '@/lib/web/api/bodies'
import { posting } from '@/lib/web/route'

export const POST = posting({ body: nothing, page: refreshPage }, refreshForVisitor)

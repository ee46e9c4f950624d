// POST: a second device of the visitor's is signed in and ended, and the time until it is refused is stopped.
import { revokeForVisitor, revokePage } from '@/lib/lab/revocation-watch'
import { nothing } from '@/lib/web/api/bodies'
import { posting } from '@/lib/web/route'

export const POST = posting({ body: nothing, page: revokePage }, revokeForVisitor)

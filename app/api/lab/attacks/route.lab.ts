// POST: runs the lab's attacks, those named in `only` or all, with the visitor's own token against this app.
import { attacksPage, runBody, runForVisitor } from '@/lib/lab/attacks/visitor-run'
import { posting } from '@/lib/web/route'

export const POST = posting({ body: runBody, page: attacksPage }, runForVisitor)

// GET: where the link of a mail about a deleted account lands. Takes the token out of the URL and into the flow seal; uses
// nothing up, so that mail scanners may follow it.
import { leavingUrl } from '@/lib/web/mailed-link'

export const GET = leavingUrl('undoDeletion', '/undo-deletion')

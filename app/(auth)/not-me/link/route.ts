// GET: where "this wasn't me" in a mail lands. Takes the token out of the URL and into the flow seal; ends nothing, so
// that mail scanners may follow it.
import { leavingUrl } from '@/lib/web/mailed-link'

export const GET = leavingUrl('disown', '/not-me')

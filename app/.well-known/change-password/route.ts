// GET: where password managers lead for a new password (W3C "A Well-Known URL for Changing Passwords").
import { seeOther } from '@/lib/web/reply'

export const GET = (): Response => seeOther('/settings/security')

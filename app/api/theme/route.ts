// POST: light, dark or as the system says, and back to the page that asked.
import { z } from 'zod'
import { safePagePath } from '@/lib/core/redirect'
import { noContent, seeOther } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'
import { themeSetting, themes } from '@/lib/web/theme'

const body = z.object({ theme: z.enum(themes, 'Choose light, dark or system.'), next: z.unknown().optional() })
const page = { path: '/', keep: [] }

export const POST = posting({ body, page }, async ({ context, fields, form }) => {
  const cookies = [themeSetting(fields.theme, context.env.secure)]
  return form ? seeOther(safePagePath(fields.next), cookies) : noContent(cookies)
})

// POST: light, dark or as the system says, and back to the page that asked.
import { safePagePath } from '@/lib/core/redirect'
import { themeBody } from '@/lib/web/api/bodies'
import { noContent, seeOther } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'
import { themeSetting } from '@/lib/web/theme'

const page = { path: '/', keep: [] }

export const POST = posting({ body: themeBody, page }, async ({ context, fields, form }) => {
  const cookies = [themeSetting(fields.theme, context.env.secure)]
  return form ? seeOther(safePagePath(fields.next), cookies) : noContent(cookies)
})

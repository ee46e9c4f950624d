// Links of mails: their token leaves the URL at once, for the flow seal, and a page asks before anything happens.
import { sealFlow } from './flow'
import { seeOther } from './reply'
import { navigating } from './route'

const form = /^[A-Za-z0-9_-]{43}$/

/** @param slot of the flow that keeps the token @param page that asks */
export const leavingUrl = (slot: 'link' | 'disown' | 'reset' | 'undoEmail' | 'undoDeletion', page: string) =>
  navigating(async ({ request, context, flow, now }) => {
    const token = new URL(request.url).searchParams.get('token') ?? ''
    const next = { ...flow, [slot]: form.test(token) ? token : undefined }
    const response = seeOther(page, [await sealFlow(context, next, now)])
    response.headers.set('referrer-policy', 'no-referrer')
    return response
  })

// A page of a moment that leads to another origin, with a link for browsers that don't go by themselves.
import { onwardsHtml } from '../core/plain-page'
import { nonceOf } from './problem'

export const onwardsPage = (request: Request, url: string, cookies: readonly string[]): Response => {
  const response = new Response(onwardsHtml(url, nonceOf(request)), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' },
  })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

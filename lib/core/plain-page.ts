// A page without the app around it, for answers that are given before, or instead of, rendering.

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const style =
  ':root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:0;display:grid;min-height:100vh;place-items:center}main{max-width:32rem;padding:1.5rem}a{display:inline-block;padding:.75rem 0;color:inherit}'

/** @param retry path that the person may try again, or `null` */
export const plainPage = (page: {
  code: string
  title: string
  text: string
  retry: string | null
  nonce: string
}): string =>
  `<!doctype html><html lang="en" data-auth-reason="${escapeHtml(page.code)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(page.title)}</title><style nonce="${escapeHtml(page.nonce)}">${style}</style></head><body><main><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.text)}</p>${page.retry === null ? '' : `<a href="${escapeHtml(page.retry)}">Try again</a>`}</main></body></html>`

/** Leads on to `url` at once, without scripts. */
export const onwardsHtml = (url: string, nonce: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${escapeHtml(url)}"><title>Going on</title><style nonce="${escapeHtml(nonce)}">${style}</style></head><body><main><h1>Going on to ${escapeHtml(new URL(url).host)}</h1><p>There you say who you are, and come back here.</p><a href="${escapeHtml(url)}">Go on</a></main></body></html>`

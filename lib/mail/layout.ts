// How every mail looks: a text part, and HTML that reads well without images or styles, in light and dark. It brings nothing
// from elsewhere, and its one link is there as text too.
import { productName } from '../core/product'
import type { Message } from './message'

export type Part = { say: string } | { code: string } | { link: string; label: string }

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const asText = (part: Part): string => {
  if ('say' in part) return part.say
  return 'code' in part ? `    ${part.code}` : `${part.label}:\n${part.link}`
}

const asHtml = (part: Part): string => {
  if ('say' in part) return `<p>${escapeHtml(part.say)}</p>`
  if ('code' in part) return `<p class="code">${escapeHtml(part.code)}</p>`
  const link = escapeHtml(part.link)
  return `<p><a class="button" href="${link}">${escapeHtml(part.label)}</a></p><p class="small">Or open this address: ${link}</p>`
}

/** What a list of mails shows beside the subject: the first sentence that says something, a greeting left out. */
const preview = (parts: readonly Part[]): string => {
  for (const part of parts) {
    const sentence = 'say' in part && /^.*?[.!?](?=\s|$)/s.exec(part.say)?.[0]
    if (sentence) return sentence
  }
  return ''
}

/** Hidden by attributes, because some programs drop the style sheet; the blanks keep what follows out of the list. */
const preheader = (parts: readonly Part[]) =>
  `<div hidden style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(preview(parts))}${'&zwnj;&nbsp;'.repeat(80)}</div>`

/** A style sheet, not attributes: mail programs that know dark mode read it, the others show plain text well. */
const style = `body{margin:0 auto;max-width:35rem;padding:24px;font:1rem/1.5 system-ui,sans-serif;color:#18181b;background:#fff;overflow-wrap:anywhere}.code{font:600 2rem/1.2 ui-monospace,monospace;letter-spacing:.2em}.button{display:inline-block;padding:12px 20px;border-radius:8px;background:#1d4ed8;color:#fff;text-decoration:none}.small{font-size:.875rem;color:#52525b}@media (prefers-color-scheme:dark){body{color:#fafafa;background:#18181b}.button{background:#93c5fd;color:#18181b}.small{color:#a1a1aa}}`

export const compose = (to: string, subject: string, parts: readonly Part[]): Message => ({
  to,
  subject,
  text: `${parts.map(asText).join('\n\n')}\n\n-- \n${productName}\n`,
  html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(subject)}</title><style>${style}</style></head><body>${preheader(parts)}${parts.map(asHtml).join('')}<p class="small">${productName}</p></body></html>`,
})

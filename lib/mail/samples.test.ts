// Every mail: words in both parts, links of ours alone, nothing from elsewhere, and no name of a person in a subject.
import { describe, expect, test } from 'vitest'
import { sampleMails } from './samples'
import * as templates from './templates'

const origin = 'https://app.example.com'
const mails = Object.entries(sampleMails(origin))

test('there is a sample of each, and no two have one subject', () => {
  expect(mails.map(([name]) => name).sort()).toEqual(Object.keys(templates).sort())
  expect(new Set(mails.map(([, { subject }]) => subject)).size).toBe(mails.length)
})

describe.each(mails)('%s', (_name, { subject, text, html }) => {
  test('says the same in text and in HTML', () => {
    const words = (html.match(/<body>(.*)<\/body>/s)?.[1] ?? '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll('&amp;', '&')
      .split(/\s+/)
      .filter((word) => /^[\p{L}\d]+$/u.test(word) && !['Or', 'open', 'this', 'address'].includes(word))
    for (const word of words) expect(text).toContain(word)
    expect(subject).not.toContain('Ann')
    expect(subject.length).toBeGreaterThan(8)
  })

  test('has links of ours alone, each as text too, and brings nothing along', () => {
    for (const part of [text, html])
      for (const [found] of part.matchAll(/https?:\/\/[^/"\s]+/g)) expect(found).toBe(origin)
    for (const [, href = ''] of html.matchAll(/href="([^"]+)"/g)) {
      expect(text).toContain(href)
      expect(html.split(href).length).toBe(3)
    }
    expect(html).not.toMatch(/<(img|script|link|iframe|object)|url\(|@import/i)
  })

  test('opens with a preview that nobody sees in the mail itself: its first sentence, no greeting, no secret', () => {
    const [, style = '', preview = ''] =
      html.match(/<body><div hidden style="([^"]*)">(.*?)(?:&zwnj;&nbsp;)+<\/div>/s) ?? []
    expect(style).toContain('display:none')
    const words = preview.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
    expect(words).toMatch(/[.!?]$/)
    expect(words).not.toMatch(/^Hello|\d{6}|token=/)
    expect(text).toContain(words)
  })

  test('is readable in light and dark, and says its language', () => {
    expect(html).toMatch(/<html lang="en">.*color-scheme" content="light dark".*prefers-color-scheme:dark/s)
  })
})

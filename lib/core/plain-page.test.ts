// @vitest-environment edge-runtime
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainPage } from './plain-page'

const page = (changes: Partial<Parameters<typeof plainPage>[0]> = {}) =>
  plainPage({ code: 'not_found', title: 'Title', text: 'Text.', retry: null, nonce: 'bm9uY2U=', ...changes })

/** Every tag that is written, in order. */
const tags = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/[ >].*/s, '')) ?? []

describe('a plain page', () => {
  test('says its code, title and text, in a document of its own', () => {
    const html = page()
    expect(html).toMatch(/^<!doctype html><html lang="en" data-auth-reason="not_found">/)
    expect(html).toContain('<title>Title</title>')
    expect(html).toContain('<h1>Title</h1><p>Text.</p>')
    expect(html).toContain('<style nonce="bm9uY2U=">')
  })

  test('offers another try only where there is one', () => {
    expect(page()).not.toContain('<a ')
    expect(page({ retry: '/a?b=1&c=2' })).toContain('<a href="/a?b=1&amp;c=2">Try again</a>')
  })

  test.each(['code', 'title', 'text', 'retry', 'nonce'] as const)('%s is escaped', (part) => {
    const html = page({ [part]: `"><script>alert('1')</script>&` })
    expect(html).not.toContain('<script')
    expect(html).toContain('&quot;&gt;&lt;script&gt;')
    expect(html).toContain('&amp;')
  })

  test('has the same tags whatever is written into it', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...`<>&"'/=ab `) }))
    const plain = tags(page({ retry: '/x' }))
    fc.assert(
      fc.property(text, text, text, text, (code, title, body, retry) => {
        expect(tags(page({ code, title, text: body, retry }))).toEqual(plain)
      }),
    )
  })

  test('needs no script and nothing from elsewhere', () => {
    expect(page({ retry: '/x' })).not.toMatch(/<script|<img|<link|https?:| style="| on\w+=/)
  })
})

// @vitest-environment edge-runtime
import { expect, test } from 'vitest'
import { endWords } from './end-words'

test.each(Object.entries(endWords))('the end by %s is told in plain sentences, without a code', (reason, words) => {
  expect(words).toMatch(/^[A-Z].*\.$/)
  expect(words).not.toMatch(/[_<>]|token|refresh/)
  if (reason.includes('_')) expect(words).not.toContain(reason)
})

// One password over many accounts: noticed once, and nothing of it kept for long.
import { expect, test } from 'vitest'
import { watchSpraying } from './spraying'
import { hour, start } from './testing/trial'

const accounts = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `person${from + i}@example.com`)

test('R-4 the twenty-first account on which one password is wrong is noticed, and once', () => {
  const { notice } = watchSpraying()
  const noticed = accounts(60).map((account) => notice('Winter2026Winter2026', account, start))
  expect(noticed.flatMap((one, i) => (one ? [i + 1] : []))).toEqual([21])
})

test('one account however often, and many accounts with passwords of their own, are nothing', () => {
  const { notice } = watchSpraying()
  for (let i = 0; i < 100; i++) expect(notice('the same again and again', 'ann@example.com', start)).toBe(false)
  for (const account of accounts(100)) expect(notice(`slip of ${account}`, account, start)).toBe(false)
})

test('each hour begins anew', () => {
  const { notice } = watchSpraying()
  for (const account of accounts(20)) notice('Winter2026Winter2026', account, start)
  expect(notice('Winter2026Winter2026', 'last@example.com', start + hour)).toBe(false)
})

test('a flood of passwords does not grow without bound, and the newest are still seen', () => {
  const { notice } = watchSpraying()
  for (let i = 0; i < 6000; i++) notice(`password ${i}`, 'ann@example.com', start)
  expect(
    accounts(21)
      .map((account) => notice('password 5999', account, start))
      .filter(Boolean),
  ).toHaveLength(1)
})

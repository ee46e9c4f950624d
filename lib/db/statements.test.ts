// Statements that are kept: one for each text, as good as new each time, and not without bound.
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { keepStatements } from './statements'

const open = () => {
  const driver = new Database(':memory:')
  onTestFinished(() => {
    driver.close()
  })
  keepStatements(driver)
  driver.exec('create table things (name text); insert into things values (1), (2)')
  return driver
}
const text = 'select name from things'

test('a statement is compiled once', () => {
  const driver = open()
  expect(driver.prepare(text)).toBe(driver.prepare(text))
})

test('a statement is given out without the mode that somebody has set', () => {
  const driver = open()
  expect(driver.prepare(text).raw().all()).toEqual([['1'], ['2']])
  expect(driver.prepare(text).all()).toEqual([{ name: '1' }, { name: '2' }])
})

test('a statement whose rows are being walked through is nobody else’s', () => {
  const driver = open()
  const names: unknown[] = []
  for (const row of driver.prepare(text).iterate()) names.push(row, driver.prepare(text).all().length)
  expect(names).toEqual([{ name: '1' }, 2, { name: '2' }, 2])
})

test('no more than two hundred are kept', () => {
  const driver = open()
  const first = driver.prepare(text)
  for (let i = 0; i < 200; i++) driver.prepare(`select ${i}`)
  expect(driver.prepare(text)).not.toBe(first)
})

import { expect, it } from 'vitest'
import { watchSleep } from './sleep'

it('notices once that the wall clock went on while the page stood still', () => {
  let [wall, page] = [1_000_000, 0]
  const hasSlept = watchSleep(
    () => wall,
    () => page,
  )
  wall += 60_000
  page += 60_000
  expect(hasSlept()).toBe(false)
  wall += 3_600_000
  page += 1000
  expect(hasSlept()).toBe(true)
  expect(hasSlept()).toBe(false)
})

// F-41, F-42: how long a write waits is no matter of what the clock says.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { setClockOffset } from '../clock'
import { write } from './steady'

const hour = 3_600_000

afterEach(() => setClockOffset(0))

test('a clock that jumps ahead refuses no write that stands in line', async () => {
  const first = write(() => sleep(50))
  const second = write(async () => 'written')
  setClockOffset(hour)
  await first
  expect(await second).toBe('written')
})

test('a clock that jumps back lets no write wait longer for a lock', async () => {
  const began = performance.now()
  const locked = write(() => Promise.reject(Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' })))
  setClockOffset(-hour)
  await expect(locked).rejects.toMatchObject({ code: 'temporarily_unavailable' })
  expect(performance.now() - began).toBeLessThan(3_000)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoff, endOf, isNear, leads, nextDuty } from './duty'
import type { Standing } from './standing'

const [second, minute, hour] = [1000, 60_000, 3_600_000]
const lives = { access: 5 * minute, idle: hour }
const standing: Standing = {
  user: 'u',
  sid: 's',
  accessEnds: 5 * minute,
  idleEnds: hour,
  ends: 24 * hour,
  freshUntil: 10 * minute,
}
const state = { hidden: false, warned: 0, jitter: 0 }

describe('what comes next', () => {
  it('is the refresh, 45 seconds before the access token ends', () => {
    expect(nextDuty(standing, lives, state)).toEqual({ duty: 'refresh', at: 5 * minute - 45 * second })
  })
  it('is the refresh a little later with jitter, and later still in a hidden tab', () => {
    expect(nextDuty(standing, lives, { ...state, jitter: 1 }).at).toBe(5 * minute - 36 * second)
    expect(nextDuty(standing, lives, { ...state, hidden: true }).at).toBe(5 * minute - 18 * second)
  })
  it('is a fifth of the life ahead for tokens that live shortly', () => {
    expect(leads({ access: 10 * second, idle: 20 * second })).toEqual({ refresh: 2 * second, warn: 5 * second })
  })
  it('is the warning, two minutes before the idle end', () => {
    const late = { ...standing, accessEnds: 3 * hour }
    expect(nextDuty(late, lives, state)).toEqual({ duty: 'warn', at: hour - 2 * minute })
  })
  it('is no second warning of the same end, told a second apart', () => {
    const late = { ...standing, accessEnds: 3 * hour }
    expect(nextDuty(late, lives, { ...state, warned: hour + second })).toEqual({ duty: 'end', at: hour })
    expect(nextDuty(late, lives, { ...state, warned: hour - minute }).duty).toBe('warn')
  })
  it('is no refresh of a token that lasts as long as its session', () => {
    const last = { ...standing, accessEnds: 4 * minute, ends: 4 * minute, idleEnds: 4 * minute }
    expect(nextDuty(last, lives, state)).toEqual({ duty: 'warn', at: 2 * minute })
  })
  it('is never after the end of the session', () => {
    const moment = fc.integer({ min: 0, max: 48 * hour })
    fc.assert(
      fc.property(moment, moment, moment, fc.boolean(), moment, (accessEnds, idleEnds, ends, hidden, warned) => {
        const mine = { ...standing, accessEnds, idleEnds, ends }
        const due = nextDuty(mine, lives, { hidden, warned, jitter: 0.5 })
        expect(due.at).toBeLessThanOrEqual(endOf(mine).at)
      }),
    )
  })
})

describe('the end', () => {
  it('is the idle one, which activity moves, or the last, which nothing moves', () => {
    expect(endOf(standing)).toEqual({ at: hour, final: false })
    expect(endOf({ ...standing, ends: hour })).toEqual({ at: hour, final: true })
  })
  it('is near for two minutes', () => {
    expect(isNear(standing, lives, hour - 2 * minute - 1)).toBe(false)
    expect(isNear(standing, lives, hour - 2 * minute)).toBe(true)
  })
})

it('waits longer after each failure, and never much longer than a minute', () => {
  expect([1, 2, 3, 20].map((failures) => backoff(failures, 0.5))).toEqual([2000, 4000, 8000, minute])
  expect(backoff(20, 1)).toBe(75 * second)
})

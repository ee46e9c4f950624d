// @vitest-environment edge-runtime
// The life of a key, step by step: published before it signs, kept until its last token is dead.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideKeyStep, type KeyLife, type KeyPolicy, lastTokenDead, publishAhead } from './key-life'

const now = 1_800_000_000_000
const day = 86_400_000
const policy: KeyPolicy = { alg: 'ES256', sharedKid: 'shared', rotation: 30 * day, accessTtl: 300, openedAt: now }
const life = (kid: string, state: KeyLife['state'], changes: Partial<KeyLife> = {}): KeyLife => ({
  kid,
  alg: 'ES256',
  state,
  createdAt: now,
  activatedAt: state === 'next' ? null : now,
  retiredAt: null,
  ...changes,
})
const active = life('a', 'active')
const goneAt = (at: number) => at + 370_000

describe('with no key that signs', () => {
  test('one is made, and signs at once', () => {
    expect(decideKeyStep([], policy, now)).toEqual({ do: 'make', state: 'active' })
  })
  test('the next one signs, however short a time it was published', () => {
    const rows = [life('a', 'retired'), life('b', 'next')]
    expect(decideKeyStep(rows, policy, now)).toEqual({ do: 'activate', kid: 'b', from: null, goneAt: goneAt(now) })
  })
})

describe('on schedule', () => {
  test('nothing happens for as long as the key signs', () => {
    for (const at of [now, now + day, now + 30 * day - publishAhead - 1])
      expect(decideKeyStep([active], policy, at)).toBeNull()
  })
  test('the next key is made so early that it is known when it is needed', () => {
    const at = now + 30 * day - publishAhead
    expect(decideKeyStep([active], policy, at)).toEqual({ do: 'make', state: 'next' })
  })
  test('the next key signs when it was published for two minutes, and not before', () => {
    const rows = [active, life('b', 'next')]
    expect(decideKeyStep(rows, policy, now + publishAhead - 1)).toBeNull()
    const at = now + publishAhead
    expect(decideKeyStep(rows, policy, at)).toEqual({ do: 'activate', kid: 'b', from: 'a', goneAt: goneAt(at) })
  })
  test('a key that signs no more is kept until its last token is dead, with a minute and the store’s age to spare', () => {
    expect(lastTokenDead(300, now)).toBe(now + 300_000 + 60_000 + 10_000)
    const rows = [active, life('old', 'retiring', { retiredAt: goneAt(now) })]
    expect(decideKeyStep(rows, policy, goneAt(now) - 1)).toBeNull()
    expect(decideKeyStep(rows, policy, goneAt(now))).toEqual({ do: 'retire', kid: 'old' })
  })
  test('of two next keys that two processes made the older stays', () => {
    const rows = [life('c', 'next', { createdAt: now + 1 }), active, life('b', 'next')]
    expect(decideKeyStep(rows, policy, now)).toEqual({ do: 'drop', kid: 'c' })
    expect(decideKeyStep([active, life('z', 'next'), life('y', 'next')], policy, now)).toEqual({ do: 'drop', kid: 'z' })
  })
  test('a clock that went back retires and activates nothing', () => {
    const rows = [active, life('b', 'next'), life('old', 'retiring', { retiredAt: goneAt(now) })]
    expect(decideKeyStep(rows, policy, now - 40 * day)).toBeNull()
  })
})

describe('a change of the algorithm', () => {
  const later = { ...policy, openedAt: now + day }
  test('is a rotation: the new key is published first', () => {
    expect(decideKeyStep([active], { ...later, alg: 'EdDSA' }, now + day)).toEqual({ do: 'make', state: 'next' })
  })
  test('is not taken back by a process that began before it', () => {
    const rows = [life('b', 'active', { alg: 'EdDSA', activatedAt: now + 1 })]
    expect(decideKeyStep(rows, policy, now + 2)).toBeNull()
  })
  test('to an HS256 key of another secret is one too', () => {
    const hs = { ...later, alg: 'HS256' as const }
    expect(decideKeyStep([life('shared', 'active', { alg: 'HS256' })], hs, now + day)).toBeNull()
    expect(decideKeyStep([life('older', 'active', { alg: 'HS256' })], hs, now + day)).toEqual({
      do: 'make',
      state: 'next',
    })
  })
})

test('an HS256 key, which is as old as AUTH_SECRET, is not rotated by the clock', () => {
  const rows = [life('shared', 'active', { alg: 'HS256' })]
  expect(decideKeyStep(rows, { ...policy, alg: 'HS256' }, now + 90 * day)).toBeNull()
})

/** What the writes of lib/db do, by themselves. */
const taken = (rows: KeyLife[], at: number, made: () => string, rules: KeyPolicy): KeyLife[] => {
  const step = decideKeyStep(rows, rules, at)
  if (!step) return rows
  const change = (kid: string, changes: Partial<KeyLife>) =>
    rows.map((row) => (row.kid === kid ? { ...row, ...changes } : row))
  if (step.do === 'drop') return rows.filter(({ kid }) => kid !== step.kid)
  if (step.do === 'retire') return change(step.kid, { state: 'retired', retiredAt: at })
  if (step.do === 'make')
    return [...rows, life(made(), step.state, { createdAt: at, activatedAt: step.state === 'active' ? at : null })]
  return rows.map((row) => {
    if (row.kid === step.from) return { ...row, state: 'retiring', retiredAt: step.goneAt }
    return row.kid === step.kid ? { ...row, state: 'active', activatedAt: at } : row
  })
}

test('whenever it is looked at: one key signs, it was published long enough, and no live token is without its key', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2 * day }), { maxLength: 60 }), (waits) => {
      const rules = { ...policy, rotation: 3 * day }
      let [rows, at, count] = [[] as KeyLife[], now, 0]
      const tokens: { kid: string; until: number }[] = []
      for (const wait of waits) {
        at += wait
        for (let i = 0; i < 8; i++) rows = taken(rows, at, () => `key ${++count}`, rules)
        expect(decideKeyStep(rows, rules, at)).toBeNull()
        const signing = rows.filter(({ state }) => state === 'active')
        expect(signing).toHaveLength(1)
        const [{ kid = '', createdAt = 0 } = {}] = signing
        if (kid !== 'key 1') expect(at - createdAt).toBeGreaterThanOrEqual(publishAhead)
        tokens.push({ kid, until: at + 300_000 })
        const known = new Set(rows.filter(({ state }) => state !== 'retired').map((row) => row.kid))
        for (const token of tokens) if (token.until > at) expect(known).toContain(token.kid)
      }
    }),
  )
})

import { describe, expect, it } from 'vitest'
import { hear, meet } from './message'
import { standingOf, type Word } from './standing'

const lives = { access: 300_000, idle: 3_600_000 }
const word: Word = { user: 'u', sid: 's', accessEndsIn: 1000, idleEndsIn: 2000, endsIn: 3000, freshFor: 4000 }
const mine = standingOf(word, lives, 0)
const told = (given: Word) => standingOf(given, lives, 500)

describe('a message from another tab', () => {
  it('about the same session brings its deadlines, never earlier ones', () => {
    expect(hear({ kind: 'standing', word: { ...word, accessEndsIn: 100, idleEndsIn: 9000 } }, mine, told)).toEqual({
      do: 'adopt',
      standing: { ...mine, idleEnds: 9500, ends: 3500, freshUntil: 4500 },
    })
  })
  it.each([
    ['another session', { ...word, sid: 'other' }],
    ['somebody else', { ...word, user: 'other' }],
  ])('about %s is a reason to ask the server', (_, other) => {
    expect(hear({ kind: 'standing', word: other }, mine, told)).toEqual({ do: 'ask' })
  })
  it('about a sign-out is followed', () => {
    expect(hear({ kind: 'signing-out' }, mine, told)).toEqual({ do: 'follow-out' })
  })
})

describe("the server's word", () => {
  it.each([
    ['the same session', word, false, 'adopt'],
    ['the same session while something is typed', word, true, 'adopt'],
    ['a new session of the same person', { ...word, sid: 'other' }, false, 'reload'],
    ['a new session of the same person while something is typed', { ...word, sid: 'other' }, true, 'adopt'],
    ['somebody else', { ...word, user: 'other' }, false, 'reload'],
    ['somebody else while something is typed', { ...word, user: 'other' }, true, 'stranger'],
  ])('of %s', (_, given, busy, meaning) => {
    expect(meet(given, mine, busy)).toBe(meaning)
  })
})

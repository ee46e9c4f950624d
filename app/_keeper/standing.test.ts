import { describe, expect, it } from 'vitest'
import { later, type Standing, standingOf, wordFrom, wordOf } from './standing'

const lives = { access: 300_000, idle: 3_600_000 }
const fresh = 600_000
const word = { user: 'u', sid: 's', accessEndsIn: 100_000, idleEndsIn: 200_000, endsIn: 300_000, freshFor: -5 }

describe('a standing', () => {
  it('counts from the moment in which the word was given', () => {
    expect(standingOf(word, lives, 1000)).toEqual({
      user: 'u',
      sid: 's',
      accessEnds: 101_000,
      idleEnds: 201_000,
      ends: 301_000,
      freshUntil: 995,
    })
  })
  it('takes a token of which nothing is said for a new one', () => {
    const { accessEndsIn: _, ...rest } = word
    expect(standingOf(rest, lives, 0).accessEnds).toBe(lives.access)
  })
  it('reaches another tab whose clock began at another time', () => {
    const mine = standingOf(word, lives, 1000)
    expect(standingOf(wordOf(mine, 51_000), lives, 7000)).toEqual(standingOf(word, lives, 7000 - 50_000))
  })
  it('only moves on where two words of one session meet', () => {
    const old: Standing = standingOf(word, lives, 0)
    const young: Standing = { ...old, accessEnds: old.accessEnds + 1, idleEnds: old.idleEnds - 1 }
    expect(later(old, young)).toEqual({ ...old, accessEnds: old.accessEnds + 1 })
  })
})

describe("the server's answer", () => {
  const served = 'Sat, 01 Jan 2000 00:00:00 GMT'
  const session = {
    id: 's',
    expiresAt: '2000-01-02T00:00:00.000Z',
    idleExpiresAt: '2000-01-01T01:00:00.000Z',
    authTime: '1999-12-31T23:55:00.000Z',
  }

  it("is read by the server's own clock, a second early rather than late", () => {
    expect(wordFrom({ session, token: { expiresAt: '2000-01-01T00:05:00.000Z' } }, served, fresh, 'u')).toEqual({
      user: 'u',
      sid: 's',
      accessEndsIn: 299_001,
      idleEndsIn: 3_599_001,
      endsIn: 86_399_001,
      freshFor: 299_001,
    })
  })
  it('names its user where it can', () => {
    expect(wordFrom({ session, user: { id: 'other' } }, served, fresh, 'u')?.user).toBe('other')
  })
  it('is none without a date', () => {
    expect(wordFrom({ session }, null, fresh, 'u')).toBeNull()
    expect(wordFrom({ session: { ...session, expiresAt: 'soon' } }, served, fresh, 'u')).toBeNull()
  })
})

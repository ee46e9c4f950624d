// The cookies of a session: their names, flags and ends, over http and https.
import { describe, expect, test } from 'vitest'
import { clearFlow, clearSession, flowCookie, sessionCookies } from './cookies'

const now = 1_800_000_000_000
const tokens = { access: 'a.b.c', refresh: 'sid.1.mac', keepUntil: null }

describe('the cookies of a session', () => {
  test('over https carry the prefix, Secure and no Domain', () => {
    expect(sessionCookies(tokens, { secure: true }, now)).toEqual([
      '__Host-Http-handstamp-at=a.b.c; Path=/; HttpOnly; SameSite=Lax; Secure',
      '__Host-Http-handstamp-rt=sid.1.mac; Path=/; HttpOnly; SameSite=Lax; Secure',
    ])
  })

  test('over http carry neither, so that browsers take them on localhost', () => {
    expect(sessionCookies(tokens, { secure: false }, now)).toEqual([
      'handstamp-at=a.b.c; Path=/; HttpOnly; SameSite=Lax',
      'handstamp-rt=sid.1.mac; Path=/; HttpOnly; SameSite=Lax',
    ])
  })

  test('end with the browser, but for the refresh cookie of those who stay signed in', () => {
    const [access, refresh] = sessionCookies({ ...tokens, keepUntil: now + 90_500 }, { secure: false }, now)
    expect(access).not.toContain('Max-Age')
    expect(refresh).toMatch(/; Max-Age=90$/)
  })

  test('are never set with an age that clears them', () => {
    const [, refresh] = sessionCookies({ ...tokens, keepUntil: now - 1 }, { secure: false }, now)
    expect(refresh).toMatch(/; Max-Age=1$/)
  })
})

test('clearing names the same cookies with the same attributes', () => {
  for (const secure of [true, false]) {
    const names = (cookies: string[]) => cookies.map((cookie) => cookie.split('=')[0])
    expect(names(clearSession({ secure }))).toEqual(names(sessionCookies(tokens, { secure }, now)))
    for (const cookie of [...clearSession({ secure }), clearFlow({ secure })]) {
      expect(cookie).toMatch(/=; Path=\/; HttpOnly; SameSite=Lax(; Secure)?; Max-Age=0$/)
      expect(cookie.includes('Secure')).toBe(secure)
    }
  }
  expect(clearFlow({ secure: true }).split('=')[0]).toBe(flowCookie('x', { secure: true }, 600).split('=')[0])
})

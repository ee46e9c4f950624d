// What of a provider's words counts: its own id, and an address only where it vouches for it.
import { describe, expect, test } from 'vitest'
import { profileOfClaims, profileOfGithub } from './provider-profile'

const claims = { sub: '42', email: 'Ann@Example.com', email_verified: true, name: 'Ann Example' }

describe('claims of OpenID Connect', () => {
  test('say who it is', () => {
    expect(profileOfClaims(claims)).toEqual({ subject: '42', email: 'ann@example.com', name: 'Ann Example' })
  })

  test.each([false, 'true', 1, null, undefined])('with email_verified %j prove no address', (email_verified) => {
    expect(profileOfClaims({ ...claims, email_verified })?.email).toBeNull()
  })

  test('of Microsoft prove one where the owner of its domain does', () => {
    const { email_verified: _, ...others } = claims
    expect(profileOfClaims({ ...others, xms_edov: true })?.email).toBe('ann@example.com')
    expect(profileOfClaims({ ...others, xms_edov: false })?.email).toBeNull()
  })

  test.each([undefined, '', 42, 'x'.repeat(256)])('with sub %j are nobody’s', (sub) => {
    expect(profileOfClaims({ ...claims, sub })).toBeNull()
  })

  test.each(['not an address', 'a@example.com,b@example.com', ['a@example.com'], ''])(
    'with address %j have none',
    (email) => {
      expect(profileOfClaims({ ...claims, email })?.email).toBeNull()
    },
  )

  test('without a name that will do are called by their address', () => {
    expect(profileOfClaims({ ...claims, name: 'x'.repeat(99) })?.name).toBe('ann')
    expect(profileOfClaims({ sub: '42' })?.name).toBe('Somebody')
  })
})

describe('answers of GitHub', () => {
  const emails = [
    { email: 'other@example.com', primary: false, verified: true },
    { email: 'ann@example.com', primary: true, verified: true },
  ]
  test('say who it is, by the primary address', () => {
    expect(profileOfGithub({ id: 42, login: 'ann', name: null }, emails)).toEqual({
      subject: '42',
      email: 'ann@example.com',
      name: 'ann',
    })
  })

  test('prove no address that is not verified', () => {
    const [other, primary] = emails
    expect(profileOfGithub({ id: 42 }, [{ ...other }, { ...primary, verified: false }])?.email).toBeNull()
    expect(profileOfGithub({ id: '42' }, emails)).toBeNull()
  })
})

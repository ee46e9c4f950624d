// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { mayRemove, type WayIn, type WaysIn } from './ways-in'

const ways = (password: boolean, passkeys: number, connected: number): WaysIn => ({ password, passkeys, connected })

describe('a way in', () => {
  test.each<[string, WaysIn, WayIn]>([
    ['the password beside a passkey', ways(true, 1, 0), 'password'],
    ['the password beside a connected account', ways(true, 0, 1), 'password'],
    ['the only passkey beside a password', ways(true, 1, 0), 'passkey'],
    ['one of two passkeys', ways(false, 2, 0), 'passkey'],
    ['one of two connected accounts', ways(false, 0, 2), 'connected'],
    ['a passkey beside a connected account', ways(false, 1, 1), 'passkey'],
  ])('may go: %s', (_what, all, way) => {
    expect(mayRemove(all, way)).toBe(true)
  })

  test.each<[string, WaysIn, WayIn]>([
    ['the password alone', ways(true, 0, 0), 'password'],
    ['the last passkey', ways(false, 1, 0), 'passkey'],
    ['the last connected account', ways(false, 0, 1), 'connected'],
    ['a password that is not there', ways(false, 2, 1), 'password'],
    ['a passkey that is not there', ways(true, 0, 1), 'passkey'],
    ['a connected account that is not there', ways(true, 1, 0), 'connected'],
  ])('stays: %s', (_what, all, way) => {
    expect(mayRemove(all, way)).toBe(false)
  })
})

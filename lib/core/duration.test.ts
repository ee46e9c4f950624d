// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { parseDuration } from './duration'

describe('a duration', () => {
  test.each([
    ['1s', 1],
    ['30s', 30],
    ['5m', 300],
    ['1h', 3600],
    ['24h', 86_400],
    ['14d', 1_209_600],
    ['999999s', 999_999],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  test.each([
    [''],
    ['5'],
    ['m'],
    ['0s'],
    ['00s'],
    ['05m'],
    ['-5m'],
    ['+5m'],
    ['1.5h'],
    ['5 m'],
    [' 5m'],
    ['5m '],
    ['5m\n'],
    ['5M'],
    ['5min'],
    ['5w'],
    ['1h30m'],
    ['1e3s'],
    ['0x5s'],
    ['1000000s'],
    ['\u0665m'],
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull()
  })
})

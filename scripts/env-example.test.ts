import { parseEnv } from 'node:util'
import { expect, it } from 'vitest'
import { readEnv, settings } from '../lib/env'
import { envExample, isUpToDate } from './env-example'

it('.env.example is what lib/env.ts makes of its settings', () => {
  expect(isUpToDate(), 'make it anew: npm run env').toBe(true)
})

it('names every setting once, commented out', () => {
  const lines = envExample()
    .split('\n')
    .filter((line) => /^# [A-Z_]+=/.test(line))
  expect(lines.map((line) => line.slice(2, line.indexOf('=')))).toEqual(Object.keys(settings.shape))
  expect(parseEnv(envExample())).toEqual({})
})

it('shows values that the app takes', () => {
  const given = parseEnv(envExample().replace(/^# (?=[A-Z_]+=)/gm, ''))
  const AUTH_SECRET = Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64url')
  expect(readEnv({ ...given, AUTH_SECRET })).toMatchObject({ local: true, APP_URL: 'http://localhost:3000' })
})

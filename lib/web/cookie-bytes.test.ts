// What a session adds to each request: the bytes of its cookies for each algorithm, and of each claim, printed. All
// cookies together may be 1,500 bytes.
import { expect, test } from 'vitest'
import { enrol } from '../auth/testing/people'
import { openTrial, start } from '../auth/testing/trial'
import { algorithms } from '../core/algorithms'
import { decodeBase64url } from '../core/base64url'
import { deviceCookie, sessionCookies } from './cookies'

const budget = 1500
const https = { secure: true }

/** `at`, `rt` and `device` as they travel with each request, under their longest names. */
const cookiesOf = async (settings: Record<string, string>) => {
  const trial = await openTrial(settings)
  const { tokens } = await enrol(trial, { remember: true })
  const set = [...sessionCookies(tokens, https, start), deviceCookie(trial.random(16), https)]
  return { sent: set.map((cookie) => cookie.split(';')[0] ?? ''), access: tokens.access }
}

const rowOf = (name: string, cells: readonly (string | number)[]) =>
  name.padEnd(18) + cells.map((cell) => String(cell).padStart(8)).join('')

test('all cookies of a session stay within 1,500 bytes, whatever the algorithm', async () => {
  const rows = [rowOf('bytes of cookies', ['at', 'rt', 'device', 'all'])]
  const over: string[] = []
  const kinds = [{}, ...algorithms.flatMap((JWT_ALG) => [{ JWT_ALG }, { JWT_ALG, TOKEN_ENCRYPTION: 'on' }])]
  for (const settings of kinds) {
    const { sent } = await cookiesOf(settings)
    const all = sent.join('; ').length
    const name = Object.values(settings).join(' encrypted ').replace(/ on$/, '') || 'default settings'
    rows.push(rowOf(name, [...sent.map((cookie) => cookie.length), all]))
    if (all > budget) over.push(`${name}: ${all}`)
  }
  console.info(rows.join('\n'))
  expect(over).toEqual([])
})

test('each claim is worth its bytes', async () => {
  const [, body = ''] = (await cookiesOf({})).access.split('.')
  const claims = JSON.parse(new TextDecoder().decode(decodeBase64url(body) ?? new Uint8Array())) as object
  const bytes = Object.entries(claims).map(([name, value]) => {
    const member = `${JSON.stringify(name)}:${JSON.stringify(value)},`
    return [name, Math.ceil((member.length * 4) / 3)] as const
  })
  console.info(`bytes of claims: ${bytes.map(([name, length]) => `${name} ${length}`).join(', ')}`)
  expect(bytes.reduce((sum, [, length]) => sum + length, 0)).toBeGreaterThanOrEqual(body.length)
  expect(bytes.filter(([, length]) => length > 100)).toEqual([])
})

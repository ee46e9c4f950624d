// @vitest-environment edge-runtime
// The gate's clock: moved by our own server under TEST_HOOKS, by nobody else, and not at all without them.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { setClockOffset } from '../clock'
import { openGateHouse, passedHeaders, secret } from './testing/gate-house'

const peerToken = 'known-to-our-server-alone'
const hour = 3_600_000

afterEach(() => {
  vi.unstubAllEnvs()
  setClockOffset(0)
})

/** Whether a token of five minutes gets by when the clock is said to be this far ahead. */
const isLetIn = async (settings: Record<string, string>, stamp: string | null) => {
  const { ask, token } = await openGateHouse(settings)
  const headers = { cookie: `handstamp-at=${await token()}`, ...(stamp !== null && { 'x-handstamp-clock': stamp }) }
  return (await ask('/dashboard', { headers })).headers.get('x-middleware-next') === '1'
}

const withHooks = { TEST_HOOKS: secret, HANDSTAMP_PEER_TOKEN: peerToken }

describe('a clock that is said to be an hour ahead', () => {
  test('is gone by when our own server says so under TEST_HOOKS', async () => {
    expect(await isLetIn(withHooks, `${peerToken} 0`)).toBe(true)
    expect(await isLetIn(withHooks, `${peerToken} ${hour}`)).toBe(false)
  })

  test.each<[string, Record<string, string>, string | null]>([
    ['a client says so', withHooks, `guessed ${hour}`],
    ['a client says so without proof', withHooks, `${hour}`],
    ['nobody says so', withHooks, null],
    ['TEST_HOOKS is not set', { HANDSTAMP_PEER_TOKEN: peerToken }, `${peerToken} ${hour}`],
    ['there is no server of ours in front', { TEST_HOOKS: secret }, `null ${hour}`],
  ])('is not believed when %s', async (_, settings, stamp) => {
    expect(await isLetIn(settings, stamp)).toBe(true)
  })
})

test('a spent token stays spent whatever a client says of the time', async () => {
  for (const settings of [{}, withHooks]) {
    const { ask, token } = await openGateHouse(settings)
    const at = await token({ iat: 1_700_000_000, exp: 1_700_000_300, auth_time: 1_700_000_000 })
    const back = String(1_700_000_100_000 - Date.now())
    for (const stamp of [`x ${back}`, ` ${back}`, back]) {
      const headers = { cookie: `handstamp-at=${at}`, 'x-handstamp-clock': stamp }
      expect((await ask('/dashboard', { headers })).status).toBe(307)
    }
  }
})

test('what is passed on says nothing of the clock, and still whether nobody is at work behind it', async () => {
  const { ask } = await openGateHouse(withHooks)
  const headers = { 'x-handstamp-clock': `${peerToken} 0`, 'x-handstamp-background': '1' }
  const passed = passedHeaders(await ask('/', { headers }))
  expect(passed.has('x-handstamp-clock')).toBe(false)
  expect(passed.get('x-handstamp-background')).toBe('1')
})

// @vitest-environment edge-runtime
// Attacks by header members: catalogue 2.B.
import { describe, expect, test, vi } from 'vitest'
import { testAttacks } from './testing/attack-table'
import { headerAttacks, places } from './testing/attacks/header'
import { expected, now, openForge } from './testing/token-forge'
import { verifyAccessToken } from './token'

describe('attacks by header members', () => testAttacks(headerAttacks, openForge))

describe('a key set with several keys', () => {
  test('is not searched for a key that fits: an unknown kid is refused although a good key is at hand', async () => {
    const [first, second] = [await openForge(), await openForge()]
    const keyring = new Map([...first.keyring, ...second.keyring])
    const swapped = await first.token({}, { kid: second.kid })
    expect(await verifyAccessToken(swapped, keyring, expected, now)).toEqual({ ok: false, reason: 'signature' })
    const nameless = await first.token({}, { kid: undefined })
    expect(await verifyAccessToken(nameless, keyring, expected, now)).toEqual({ ok: false, reason: 'header' })
  })

  test('B02, B03 nothing in a token makes the verifier fetch', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network in core'))
    const forge = await openForge()
    for (const [, place] of places) {
      const token = await forge.token({}, { jku: place(forge), x5u: place(forge) })
      await verifyAccessToken(token, forge.keyring, expected, now)
    }
    expect(fetching).not.toHaveBeenCalled()
    fetching.mockRestore()
  })
})

// The edge runtime's clock under TEST_HOOKS: its globalThis is not that of the server, so our own server notes on each
// request by how much the clock was moved. Nobody else is believed, and without TEST_HOOKS nobody at all.
import { setClockOffset } from '../clock'
import { clockHeader } from '../core/identity-headers'
import type { Env } from '../env'

export const followTestClock = (headers: Headers, { TEST_HOOKS, peerToken }: Env): void => {
  if (TEST_HOOKS === undefined || peerToken === null) return
  const [proof, offset] = headers.get(clockHeader)?.split(' ') ?? []
  if (proof === peerToken) setClockOffset(Number(offset))
}

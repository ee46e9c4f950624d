// By what somebody gets into their account, and the rule that the last way in is never taken away. A code by mail is not
// among them: whoever runs the service may switch it off, and an account must not hang on a mailbox alone.

export type WaysIn = {
  password: boolean
  passkeys: number
  /** Accounts at other providers. */
  connected: number
}
export type WayIn = 'password' | 'passkey' | 'connected'

/** How many there are of this kind. */
const countOf = (ways: WaysIn, way: WayIn): number =>
  ({ password: ways.password ? 1 : 0, passkey: ways.passkeys, connected: ways.connected })[way]

/**
 * Whether one way of this kind is there to be taken away, and at least one way of any kind is left after that.
 * @example mayRemove({ password: true, passkeys: 0, connected: 0 }, 'password') // false
 */
export const mayRemove = (ways: WaysIn, way: WayIn): boolean =>
  countOf(ways, way) > 0 && countOf(ways, 'password') + countOf(ways, 'passkey') + countOf(ways, 'connected') > 1

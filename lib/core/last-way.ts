// By which way somebody got in, as far as the sign-in page marks it next time.

export const lastWays = ['password', 'passkey', 'email', 'provider'] as const
export type LastWay = (typeof lastWays)[number]

const wayOfMethod: Readonly<Record<string, LastWay>> = {
  hwk: 'passkey',
  swk: 'passkey',
  pwd: 'password',
  mail: 'email',
  fed: 'provider',
}

/**
 * @param amr of the session that began (RFC 8176) @returns `null` for a way that has no button
 * @example lastWayOf(['pwd', 'otp', 'mfa']) // 'password'
 */
export const lastWayOf = (amr: readonly string[]): LastWay | null => {
  const [first] = amr.flatMap((method) => wayOfMethod[method] ?? [])
  return first ?? null
}

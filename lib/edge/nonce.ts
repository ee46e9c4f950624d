// Nonces of the content security policy: 128 random bits each. Drawn many at a time, since one draw costs as much as the
// rest of the policy; each is given out once.

const bytes = 16
const pool = new Uint8Array(64 * bytes)
let used = pool.length

/** @returns base64 of 16 random bytes that nobody else gets */
export const newNonce = (): string => {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const drawn = pool.subarray(used, used + bytes)
  used += bytes
  return btoa(String.fromCharCode(...drawn))
}

// The way in that this browser used last: a cookie that the sign-in page reads, to say so beside the button. It opens
// nothing and says nothing of who it was.
import { cookies } from 'next/headers'
import { serializeCookie } from '../core/cookies'
import { type LastWay, lastWays } from '../core/last-way'

const name = 'last-way'

/** Kept as long as browsers keep a cookie. */
export const lastWaySetting = (way: LastWay, secure: boolean): string =>
  serializeCookie(name, way, secure, 400 * 86_400)

export const readLastWay = async (): Promise<LastWay | null> => {
  const value = (await cookies()).get(name)?.value
  return lastWays.find((way) => way === value) ?? null
}

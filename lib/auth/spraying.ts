// One password over many accounts, from wherever it comes. Kept in the memory of this process only, by a random key that
// dies with it: what people mistype is too close to their passwords for any hash of it to be stored.
import { createHmac, randomBytes } from 'node:crypto'

/** Different accounts that the same wrong password was tried on within an hour: what honest slips don't reach. */
const accountsMost = 20
const hour = 3_600_000
/** Passwords that are watched at a time; the oldest goes first. */
const watchedMost = 5000

export type Spraying = {
  /** Notes a wrong password. @returns true once, when it was one too many accounts for this hour */
  notice: (password: string, account: string, now: number) => boolean
}

export const watchSpraying = (): Spraying => {
  let key = randomBytes(32)
  let began = Number.NEGATIVE_INFINITY
  const seen = new Map<string, Set<string>>()
  const short = (text: string) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)
  return {
    notice: (password, account, now) => {
      if (Math.abs(now - began) >= hour) {
        seen.clear()
        key = randomBytes(32)
        began = now
      }
      const id = short(`password ${password}`)
      const accounts = seen.get(id) ?? new Set()
      if (!seen.has(id)) {
        const oldest = seen.size >= watchedMost ? seen.keys().next() : undefined
        if (oldest && !oldest.done) seen.delete(oldest.value)
        seen.set(id, accounts)
      }
      const [before, who] = [accounts.size, short(`account ${account}`)]
      if (before <= accountsMost) accounts.add(who)
      return before === accountsMost && accounts.size > accountsMost
    },
  }
}

// Password hashing with argon2id (RFC 9106; OWASP: 19 MiB, 2 passes), as many at once as there are cores and a bounded
// queue behind them: a storm of sign-ins is refused, not piled up.
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../core/errors'
import { normalPassword } from '../core/password'

/** `Algorithm.Argon2id`: the package exports it as a const enum, which isolated modules can't read. */
const argon2id = 2
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const currentForm = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`

export type Hashing = {
  hash: (password: string) => Promise<string>
  /** Takes as long for a missing hash as for a real one, and is then always false. */
  verify: (stored: string | null, password: string) => Promise<boolean>
  isOutdated: (stored: string) => boolean
}

/** Runs at most `running` tasks at once and lets `waiting` more wait; further ones are refused with a 503. */
export const boundedQueue = (running: number, waiting: number) => {
  let busy = 0
  const line: (() => void)[] = []
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (busy >= running) {
      if (line.length >= waiting) throw new AppError('temporarily_unavailable', { retryAfter: 2 })
      await new Promise<void>((resolve) => line.push(resolve))
    } else busy++
    try {
      return await task()
    } finally {
      const next = line.shift()
      if (next) next()
      else busy--
    }
  }
}

export const openHashing = (): Hashing => {
  const queued = boundedQueue(availableParallelism(), 64)
  const make = (password: string) => hash(normalPassword(password), parameters)
  let dummy: Promise<string> | undefined
  return {
    hash: (password) => queued(() => make(password)),
    verify: (stored, password) =>
      queued(async () => {
        dummy ??= make('a password that nobody has').catch((error: unknown) => {
          dummy = undefined
          throw error
        })
        const known = await dummy
        const matches = await verify(stored ?? known, normalPassword(password))
        return matches && stored !== null
      }),
    isOutdated: (stored) => !stored.startsWith(currentForm),
  }
}

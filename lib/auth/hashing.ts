// Password hashing with argon2id (RFC 9106; OWASP: 19 MiB, 2 passes), as many at once as there are cores and a bounded
// queue behind them: a storm of sign-ins is refused, not piled up. Signatures are made and verified by the same threads of
// Node's pool, so two of them are never given to hashes.
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
  /** Before any other work: who will be refused costs nothing then. @throws AppError `temporarily_unavailable` */
  mustHaveRoom: () => void
}

/** Hashes at once, on this many cores and threads. */
export const hashesAtOnce = (cores: number, threads: number): number => Math.max(1, Math.min(cores, threads - 2))

/** Runs at most `running` tasks at once and lets `waiting` more wait; further ones are refused with a 503. */
export const boundedQueue = (running: number, waiting: number) => {
  let busy = 0
  const line: (() => void)[] = []
  const mustHaveRoom = () => {
    if (busy >= running && line.length >= waiting) throw new AppError('temporarily_unavailable', { retryAfter: 2 })
  }
  const run = async <T>(task: () => Promise<T>): Promise<T> => {
    if (busy >= running) {
      mustHaveRoom()
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
  return { run, mustHaveRoom }
}

/** @param threads of Node's pool */
export const openHashing = (threads: number): Hashing => {
  const { run, mustHaveRoom } = boundedQueue(hashesAtOnce(availableParallelism(), threads), 64)
  const make = (password: string) => hash(normalPassword(password), parameters)
  let dummy: Promise<string> | undefined
  return {
    hash: (password) => run(() => make(password)),
    verify: (stored, password) =>
      run(async () => {
        dummy ??= make('a password that nobody has').catch((error: unknown) => {
          dummy = undefined
          throw error
        })
        const known = await dummy
        const matches = await verify(stored ?? known, normalPassword(password))
        return matches && stored !== null
      }),
    isOutdated: (stored) => !stored.startsWith(currentForm),
    mustHaveRoom,
  }
}

// A whole sign-in by password, beside the bare argon2id that it can't do without: the same parameters, as many threads.
import { availableParallelism } from 'node:os'
import { verify } from '@node-rs/argon2'
import { signIn as signInBy } from '../../lib/auth/sign-in'
import { now } from '../../lib/clock'
import { readCarried } from '../../lib/core/carriers'
import { password } from '../subjects/subject'
import { client, enrol, openInstallation } from './installation'
import type { OpenSide } from './side'

const people = 100
const threads = availableParallelism()

export const signIn: OpenSide = async (place) => {
  const context = await openInstallation(place)
  const hash = await context.hashing.hash(password)
  const users = await Promise.all(Array.from({ length: people }, () => enrol(context, hash)))
  const nothing = readCarried(null, false)
  let turn = 0
  return {
    // One more than there are threads: while it writes, the others hash.
    lines: threads + 1,
    once: async () => {
      const email = users[turn++ % people]?.user.email ?? ''
      // From a browser that is known: a new one is told by mail.
      const from = {
        ...client,
        device: 'a known browser',
        network: `198.51.${Math.floor(turn / 250) % 250}.${turn % 250}`,
      }
      await signInBy(context, { email, password, remember: false }, nothing, from, now())
    },
    close: () => context.db.close(),
  }
}

export const argon2id: OpenSide = async (place) => {
  const context = await openInstallation(place)
  const hash = await context.hashing.hash(password)
  return {
    lines: threads,
    once: async () => {
      if (!(await verify(hash, password))) throw new Error('The password was refused')
    },
    close: () => context.db.close(),
  }
}

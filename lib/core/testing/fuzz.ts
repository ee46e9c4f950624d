// Fuzzes the verifier: mutants of a good token, of its text and of its bytes, none of which may be accepted.

import fc from 'fast-check'
import type { Algorithm } from '../algorithms'
import { decodeBase64url, encodeBase64url } from '../base64url'
import { partsOf } from '../forging'
import { verifyAccessToken } from '../token'
import { expected, type Forge, now, openForge } from './token-forge'

const character = fc.oneof(
  fc.constantFrom(...'AZaz09-_.=+/ \t\r\n%"\u0000'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)

type Mutate = (token: string, other: string) => string
const onBytes =
  (part: number, change: (bytes: Uint8Array) => Uint8Array): Mutate =>
  (token) =>
    partsOf(token)
      .map((text, at) => (at === part ? encodeBase64url(change(decodeBase64url(text) ?? new Uint8Array())) : text))
      .join('.')
const spliced = (bytes: Uint8Array, at: number, gone: number, put: Uint8Array) =>
  new Uint8Array([...bytes.slice(0, at), ...put, ...bytes.slice(at + gone)])

const part = fc.constantFrom(0, 1, 2)
/** A place as a share of what there is: a token is of another length for each algorithm. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const length = fc.integer({ min: 0, max: 12 })

/** One change of bytes or of text, as a function of a good token and of another good one. */
const mutation: fc.Arbitrary<Mutate> = fc.oneof(
  fc
    .tuple(part, place, fc.integer({ min: 1, max: 255 }))
    .map(([which, at, mask]) =>
      onBytes(which, (bytes) => bytes.map((byte, i) => (i === Math.floor(at * bytes.length) ? byte ^ mask : byte))),
    ),
  fc
    .tuple(part, place, length, fc.uint8Array({ maxLength: 12 }))
    .map(([which, at, gone, put]) =>
      onBytes(which, (bytes) => spliced(bytes, Math.floor(at * bytes.length), gone, put)),
    ),
  fc.tuple(place, length, fc.array(character, { maxLength: 4 })).map(
    ([at, gone, put]): Mutate =>
      (token) => {
        const from = Math.floor(at * token.length)
        return `${token.slice(0, from)}${put.join('')}${token.slice(from + gone)}`
      },
  ),
  fc.tuple(place, place).map(
    ([from, to]): Mutate =>
      (token, other) =>
        token.slice(0, Math.floor(from * token.length)) + other.slice(Math.floor(to * other.length)),
  ),
  fc.tuple(part, part, part).map(
    ([a, b, c]): Mutate =>
      (token, other) =>
        [partsOf(token)[a], partsOf(other)[b], partsOf(token)[c]].join('.'),
  ),
)

const several = fc.array(mutation, { minLength: 1, maxLength: 3 })

const strict = async (token: string, { keyring }: Forge) => (await verifyAccessToken(token, keyring, expected, now)).ok

/**
 * @param seed the same one makes the same mutants
 * @param runs at most so many mutants @param time at most so long, milliseconds
 * @returns how many were shown to the verifier
 * @throws with the seed and the smallest mutant that was accepted
 */
export const fuzz = async (
  alg: Algorithm,
  { seed, runs, time }: { seed: number; runs: number; time?: number },
  accepts: (token: string, forge: Forge) => Promise<boolean> = strict,
): Promise<number> => {
  const forge = await openForge(alg)
  const [good, other] = [await forge.token(), await forge.token({ roles: ['admin'] })]
  const limit = time === undefined ? {} : { interruptAfterTimeLimit: time, markInterruptAsFailure: false }
  let tried = 0
  await fc.assert(
    fc.asyncProperty(several, async (mutations) => {
      const mutant = mutations.reduce((token, mutate) => mutate(token, other), good)
      if (mutant === good || mutant === other) return
      tried++
      if (await accepts(mutant, forge)) throw new Error(`accepted under ${alg}: ${mutant}`)
    }),
    { seed, numRuns: runs, includeErrorInReport: true, ...limit },
  )
  return tried
}

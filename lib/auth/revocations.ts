// The signed revocation snapshot, made anew at most once a second however often it is asked for.

import { mintRevocations } from '../core/mint'
import { folded, hashSid, mostListed, type Revocations } from '../core/revocations'
import { findEndedSince } from '../db/revocations'
import type { Context } from './context'

export type Snapshot = { jwt: string; etag: string }

/** Ends stay listed for the life of an access token and the clock skew of whoever verifies it, milliseconds. */
const windowOf = ({ expected }: Context) => (expected.accessTtl + 60) * 1000

export const readSnapshot = async (context: Context, now: number): Promise<Revocations> => {
  // One more than may be listed, to see that there are too many.
  const ended = await findEndedSince(context.db, now - windowOf(context), mostListed + 1)
  return folded({
    sequence: ended.sequence,
    asOf: Math.floor(now / 1000),
    // Never ahead of the list itself: what is issued from now on is good.
    notBefore: Math.min(Math.ceil(ended.notBefore / 1000), Math.floor(now / 1000)),
    sids: new Set(await Promise.all(ended.sids.map(hashSid))),
    epochs: new Map(ended.epochs),
  })
}

const signSnapshot = async (context: Context, now: number): Promise<Snapshot> => {
  const snapshot = await readSnapshot(context, now)
  const { signing } = await context.keys(now)
  const jwt = await mintRevocations(snapshot, context.expected.issuer, signing)
  return { jwt, etag: `"${snapshot.sequence}-${snapshot.asOf}"` }
}

/** @returns a function that gives the snapshot of this second, made once */
export const openSnapshots = (): ((context: Context, now: number) => Promise<Snapshot>) => {
  let kept: { second: number; snapshot: Promise<Snapshot> } | undefined
  return (context, now) => {
    const second = Math.floor(now / 1000)
    if (kept?.second === second) return kept.snapshot
    const snapshot = signSnapshot(context, now)
    kept = { second, snapshot }
    snapshot.catch(() => {
      kept = undefined
    })
    return snapshot
  }
}

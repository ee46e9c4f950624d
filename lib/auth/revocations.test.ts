// What the snapshot says of sessions that were really ended.
import { describe, expect, test } from 'vitest'
import { hashSid, readRevocations } from '../core/revocations'
import { raiseEpoch } from '../db/epochs'
import { readSnapshot } from './revocations'
import { signOut } from './sign-out'
import { carrying, enrol } from './testing/people'
import { ann, minute, openTrial, start } from './testing/trial'

describe('the snapshot', () => {
  test('is empty before anything was ended', async () => {
    const context = await openTrial()
    await enrol(context)
    expect(await readSnapshot(context, start)).toMatchObject({ sequence: 0, notBefore: 0, sids: new Set() })
  })

  test('names a session from the moment of its sign-out until its last token is dead', async () => {
    const context = await openTrial()
    const [gone, stays] = [await enrol(context), await enrol(context)]
    await signOut(context, carrying(gone.tokens), ann, start)
    const { sids, sequence } = await readSnapshot(context, start)
    expect(sids).toEqual(new Set([await hashSid(gone.sid)]))
    expect(sids.has(await hashSid(stays.sid))).toBe(false)
    expect(sequence).toBe(1)
    expect((await readSnapshot(context, start + 5 * minute)).sids.size).toBe(1)
    const later = await readSnapshot(context, start + 6 * minute)
    expect(later).toMatchObject({ sids: new Set(), sequence: 1 })
  })

  test('grows its sequence with each end, once', async () => {
    const context = await openTrial()
    for (const person of [await enrol(context), await enrol(context)]) {
      await signOut(context, carrying(person.tokens), ann, start)
      await signOut(context, carrying(person.tokens), ann, start)
    }
    expect((await readSnapshot(context, start)).sequence).toBe(2)
  })

  test('gives the epoch of a user whose sessions were all ended', async () => {
    const context = await openTrial()
    const person = await enrol(context)
    const change = { userId: person.user.id, from: 0, at: start, reason: 'others_ended', keep: null, by: null } as const
    expect(await raiseEpoch(context.db, change)).toBe(true)
    const { epochs, sequence } = await readSnapshot(context, start)
    expect(epochs).toEqual(new Map([[person.user.id, 1]]))
    expect(sequence).toBe(1)
  })

  test('is signed once a second, however often it is asked for, and the signature is ours', async () => {
    const context = await openTrial()
    const all = await Promise.all(Array.from({ length: 20 }, () => context.snapshots(context, start)))
    expect(new Set(all.map(({ jwt }) => jwt)).size).toBe(1)
    const { keyring } = await context.keys(start)
    expect(await readRevocations(all[0]?.jwt ?? '', keyring, context.expected.issuer)).toMatchObject({ sequence: 0 })
    expect((await context.snapshots(context, start + 1000)).jwt).not.toBe(all[0]?.jwt)
  })
})

// Writes that a session asks for, on both engines: none comes after its end.
import { describe, expect, test } from 'vitest'
import { AppError } from '../../core/errors'
import { insertAskedBy } from '../asked-by'
import { raiseEpoch } from '../epochs'
import { endSession } from '../sessions'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, userRow } from '../testing/rows'

const [ann, bob] = [userRow(1).id, userRow(2).id] as const
const own = sessionRow(1).id
const raise = { userId: ann, from: 0, at: start, reason: 'password_changed', keep: null, by: null } as const
const device = (number: number) => ({ idHash: `device ${number}`, createdAt: start, lastSeenAt: start })

describe.each(engines)('what a session asks for on $name', ({ open }) => {
  const withTwo = async () => {
    const { db, address } = await open()
    await db.q.insert(db.t.users).values([userRow(1), userRow(2)])
    await db.q.insert(db.t.sessions).values([sessionRow(1), sessionRow(2)])
    const ask = (number: number, by: string | null = own, userId: string = ann, on = db) =>
      insertAskedBy(on, userId, by ?? undefined, (tx, owner) =>
        tx.insert(db.t.devices).values({ ...device(number), userId: owner }),
      )
    const owners = async () => (await db.q.select().from(db.t.devices)).map(({ userId }) => userId)
    return { db, ask, owners, other: await reopen(address) }
  }
  const unauthenticated = { code: 'unauthenticated' }

  test('is written while it lives, once, and for its own user', async () => {
    const { ask, owners } = await withTwo()
    expect(await ask(1)).toBe(true)
    expect(await ask(1)).toBe(false)
    expect(await ask(2, own, bob)).toBe(true)
    expect(await ask(3, null, bob)).toBe(true)
    expect((await owners()).sort()).toEqual([ann, ann, bob].sort())
  })

  test.each<[string, (db: Awaited<ReturnType<typeof withTwo>>['db']) => Promise<unknown>]>([
    ['has ended', (db) => endSession(db, own, 'signed_out', start)],
    ['went with all others', (db) => raiseEpoch(db, raise)],
    ['has a user who is switched off', async (db) => db.q.update(db.t.users).set({ disabledAt: start })],
    ['is gone', async (db) => db.q.delete(db.t.sessions)],
  ])('is not written when it %s', async (_, end) => {
    const { db, ask, owners } = await withTwo()
    await end(db)
    await expect(ask(1)).rejects.toThrow(AppError)
    await expect(ask(1)).rejects.toMatchObject(unauthenticated)
    expect(await owners()).toEqual([])
  })

  test('is there for whoever ends all sessions and looks afterwards, or is not written at all', async () => {
    const { db, ask, owners, other } = await withTwo()
    let seen = -1
    const ending = raiseEpoch(other, raise).then(async (done) => {
      seen = (await owners()).length
      return done
    })
    const asked = await Promise.allSettled(Array.from({ length: 16 }, (_, i) => ask(i, own, ann, i % 2 ? db : other)))
    expect(await ending).toBe(true)
    const written = asked.filter(({ status }) => status === 'fulfilled').length
    expect(await owners()).toHaveLength(written)
    expect(seen).toBe(written)
  })
})

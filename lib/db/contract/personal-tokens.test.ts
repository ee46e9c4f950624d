// Personal access tokens on both engines.
import { describe, expect, test } from 'vitest'
import {
  countLivePersonalTokens,
  deleteOldPersonalTokens,
  deletePersonalToken,
  findPersonalToken,
  insertPersonalToken,
  listPersonalTokens,
  notePersonalTokenUse,
  revokePersonalToken,
} from '../personal-tokens'
import { findEndedSince } from '../revocations'
import { engines, reopen } from '../testing/postgres-database'
import { personalTokenRow, start, userRow } from '../testing/rows'

const day = 86_400_000
const sixteen = Array.from({ length: 16 }, (_, i) => i)

describe.each(engines)('personal access tokens on $name', ({ open }) => {
  const withTwo = async () => {
    const { db, address } = await open()
    await db.q.insert(db.t.users).values([userRow(1), userRow(2)])
    const [mine, older, others] = [
      personalTokenRow(1, 1),
      personalTokenRow(2, 1, { createdAt: start - day, expiresAt: start }),
      personalTokenRow(3, 2),
    ]
    for (const row of [mine, older, others]) await insertPersonalToken(db, row)
    return { db, address, mine, older, others }
  }

  test('are found by hash and by id, with their user', async () => {
    const { db, mine } = await withTwo()
    for (const by of [{ id: mine.id }, { tokenHash: mine.tokenHash }])
      expect(await findPersonalToken(db, by)).toMatchObject({ token: mine, user: { id: mine.userId } })
    expect(await findPersonalToken(db, { id: mine.tokenHash })).toBeNull()
    expect(await findPersonalToken(db, { tokenHash: mine.id })).toBeNull()
  })

  test('are listed for their user alone, the newest first; only live ones count', async () => {
    const { db, mine, older } = await withTwo()
    expect(await listPersonalTokens(db, mine.userId, 9)).toEqual([mine, older])
    expect(await listPersonalTokens(db, mine.userId, 1)).toEqual([mine])
    expect(await countLivePersonalTokens(db, mine.userId, start)).toBe(1)
    await deletePersonalToken(db, mine.id)
    expect(await countLivePersonalTokens(db, mine.userId, start)).toBe(0)
  })

  test('remember their last use, which never goes back', async () => {
    const { db, mine } = await withTwo()
    await notePersonalTokenUse(db, mine.id, start + 5)
    await notePersonalTokenUse(db, mine.id, start + 3)
    expect((await findPersonalToken(db, { id: mine.id }))?.token.lastUsedAt).toBe(start + 5)
  })

  test('are revoked once, by their owner alone, and then on the revocation list', async () => {
    const { db, address, mine, others } = await withTwo()
    const pair = [db, await reopen(address)] as const
    expect(await revokePersonalToken(db, mine.id, others.userId, start)).toBe(false)
    const before = await findEndedSince(db, start - 1, 9)
    const won = await Promise.all(
      sixteen.map((i) => revokePersonalToken(pair[i % 2] ?? db, mine.id, mine.userId, start)),
    )
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await findEndedSince(db, start - 1, 9)).toEqual({
      ...before,
      sequence: before.sequence + 1,
      sids: [mine.id],
    })
    expect((await findEndedSince(db, start, 9)).sids).toEqual([])
    expect((await listPersonalTokens(db, mine.userId, 9)).map(({ id }) => id)).not.toContain(mine.id)
    expect(await countLivePersonalTokens(db, mine.userId, start)).toBe(0)
  })

  test('are unique by hash, go with their user, and when they are old', async () => {
    const { db, mine, older, others } = await withTwo()
    expect(await insertPersonalToken(db, { ...personalTokenRow(4, 2), tokenHash: mine.tokenHash })).toBe(false)
    await deleteOldPersonalTokens(db, start + 1, 9)
    expect(await findPersonalToken(db, { id: older.id })).toBeNull()
    await revokePersonalToken(db, others.id, others.userId, start)
    await deleteOldPersonalTokens(db, start + 1, 9)
    expect(await findPersonalToken(db, { id: others.id })).toBeNull()
    await db.q.delete(db.t.users)
    expect(await findPersonalToken(db, { id: mine.id })).toBeNull()
  })
})

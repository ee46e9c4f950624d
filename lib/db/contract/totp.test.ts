// The authenticator apps of users on both engines.
import { describe, expect, test } from 'vitest'
import { engines } from '../testing/postgres-database'
import { start, userRow } from '../testing/rows'
import { hasTotp } from '../totp'

describe.each(engines)('authenticator apps on $name', ({ open }) => {
  test('count once they are confirmed', async () => {
    const { db } = await open()
    await db.q.insert(db.t.users).values([userRow(1), userRow(2), userRow(3)])
    const app = { sealedSecret: 'x', createdAt: start }
    await db.q.insert(db.t.totp).values([
      { ...app, userId: userRow(1).id, confirmedAt: start },
      { ...app, userId: userRow(2).id },
    ])
    expect(await hasTotp(db, userRow(1).id)).toBe(true)
    expect(await hasTotp(db, userRow(2).id)).toBe(false)
    expect(await hasTotp(db, userRow(3).id)).toBe(false)
  })
})

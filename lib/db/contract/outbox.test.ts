// Mail that waits, on both engines: each has one sender.
import { describe, expect, test } from 'vitest'
import { claimMail, deleteMail, deleteOldMail, postponeMail, storeMail } from '../outbox'
import { engines, reopen } from '../testing/postgres-database'
import { start } from '../testing/rows'

const row = (id: string, dueAt = start) => ({ id, sealed: `sealed ${id}`, attempts: 0, createdAt: dueAt, dueAt })
const minute = 60_000

describe.each(engines)('the outbox on $name', ({ open }) => {
  test('gives each mail to one of sixteen senders on two instances', async () => {
    const { db, address } = await open()
    const pair = [db, await reopen(address)] as const
    for (let i = 0; i < 10; i++) await storeMail(db, row(`mail ${i}`), 99)
    const claims = Array.from({ length: 16 }, (_, i) => claimMail(pair[i % 2] ?? db, start, start + minute, 20))
    const claimed = (await Promise.all(claims)).flat()
    expect(claimed.map(({ id }) => id).sort()).toEqual(Array.from({ length: 10 }, (_, i) => `mail ${i}`))
    expect(claimed.every(({ attempts }) => attempts === 1)).toBe(true)
    expect(await claimMail(db, start, start + minute, 20)).toEqual([])
  })

  test('gives a mail again when its sender died, the longest waiting first, and none that is not due', async () => {
    const { db } = await open()
    await storeMail(db, row('later', start + 2 * minute), 99)
    await storeMail(db, row('second', start + 1), 99)
    await storeMail(db, row('first'), 99)
    expect((await claimMail(db, start + 1, start + minute, 1)).map(({ id }) => id)).toEqual(['first'])
    await postponeMail(db, 'first', start + 3 * minute)
    expect((await claimMail(db, start + minute, start + 2 * minute, 9)).map(({ id }) => id)).toEqual(['second'])
    expect((await claimMail(db, start + 2 * minute, start + 9 * minute, 9)).map(({ id }) => id)).toEqual([
      'later',
      'second',
    ])
    await deleteMail(db, 'later')
    expect(await deleteOldMail(db, start + 1, 9)).toBe(1)
    expect((await db.q.select().from(db.t.outbox)).map(({ id }) => id)).toEqual(['second'])
  })

  test('keeps a mail once, however often it is stored, and none beyond the most', async () => {
    const { db } = await open()
    expect([await storeMail(db, row('one'), 2), await storeMail(db, row('one'), 2)]).toEqual([true, true])
    expect([await storeMail(db, row('two'), 2), await storeMail(db, row('three'), 2)]).toEqual([true, false])
    expect((await db.q.select().from(db.t.outbox)).map(({ id }) => id).sort()).toEqual(['one', 'two'])
  })
})

// What has had its time goes a few at a time on both engines, whatever the key, and what is young stays.
import { describe, expect, test } from 'vitest'
import { deleteOldAuditEvents } from '../audit-events'
import type { Db } from '../client'
import { deleteOldDevices } from '../devices'
import { deleteOldEpochs } from '../epochs'
import { deleteExpiredLimits } from '../limits'
import { deleteExpiredMailedTokens } from '../mailed-tokens'
import { deleteOldMail } from '../outbox'
import { deleteOldPersonalTokens } from '../personal-tokens'
import { deleteOldRotations } from '../rotations'
import { deleteOldSessions } from '../sessions'
import { deleteOldFailures } from '../sign-in-failures'
import { engines, reopen } from '../testing/postgres-database'
import { personalTokenRow, sessionRow, start, tokenRow, userRow } from '../testing/rows'
import { deleteOldDemoUsers } from '../users'

type Kind = {
  table: Exclude<keyof Db['t'], 'revocationState'>
  /** Row `i`, whose time is over at `at`. */
  insert: (db: Db, i: number, at: number) => PromiseLike<unknown>
  /** Those whose time was over before `before`. */
  remove: (db: Db, before: number, most: number) => Promise<number>
}
const { id: userId } = userRow(0)
const { id: sid } = sessionRow(0)
const origin = { ip: '', userAgent: '' }

const kinds: Kind[] = [
  {
    table: 'mailedTokens',
    insert: ({ q, t }, i, expiresAt) => q.insert(t.mailedTokens).values(tokenRow(i, { expiresAt })),
    remove: (db, before, most) => deleteExpiredMailedTokens(db, before - 1, most),
  },
  {
    table: 'limits',
    insert: ({ q, t }, i, expire) => q.insert(t.limits).values({ key: `limit ${i}`, points: 1, expire }),
    remove: (db, before, most) => deleteExpiredLimits(db, before, most),
  },
  {
    table: 'rotations',
    insert: ({ q, t }, i, at) => q.insert(t.rotations).values({ sid, generation: i, parent: 0, at }),
    remove: (db, before, most) => deleteOldRotations(db, before, most),
  },
  {
    table: 'userEpochs',
    insert: ({ q, t }, i, at) => q.insert(t.userEpochs).values({ userId, epoch: i, at, reason: 'admin' }),
    remove: (db, before, most) => deleteOldEpochs(db, before, most),
  },
  {
    table: 'personalTokens',
    insert: ({ q, t }, i, expiresAt) => q.insert(t.personalTokens).values(personalTokenRow(i, 0, { expiresAt })),
    remove: (db, before, most) => deleteOldPersonalTokens(db, before, most),
  },
  {
    table: 'devices',
    insert: ({ q, t }, i, at) =>
      q.insert(t.devices).values({ userId, idHash: `device ${i}`, createdAt: at, lastSeenAt: at }),
    remove: (db, before, most) => deleteOldDevices(db, before, most),
  },
  {
    table: 'signInFailures',
    insert: ({ q, t }, i, lastAt) =>
      q.insert(t.signInFailures).values({ key: `key ${i}`, failures: 9, waitUntil: lastAt, lastAt }),
    remove: (db, before, most) => deleteOldFailures(db, { upTo: 4, before: 0 }, before, most),
  },
  {
    table: 'users',
    insert: ({ q, t }, i, createdAt) => q.insert(t.users).values(userRow(i, { demo: true, createdAt })),
    remove: (db, before, most) => deleteOldDemoUsers(db, before, most),
  },
  {
    table: 'sessions',
    insert: ({ q, t }, i, expiresAt) => q.insert(t.sessions).values(sessionRow(i, { userId, expiresAt })),
    remove: (db, before, most) => deleteOldSessions(db, before, most),
  },
  {
    table: 'auditEvents',
    insert: ({ q, t }, i, at) => q.insert(t.auditEvents).values({ id: `event ${i}`, at, event: 'x', ...origin }),
    remove: (db, before, most) => deleteOldAuditEvents(db, before, most),
  },
  {
    table: 'outbox',
    insert: ({ q, t }, i, at) =>
      q.insert(t.outbox).values({ id: `mail ${i}`, sealed: 'x', attempts: 0, createdAt: at, dueAt: at }),
    remove: (db, before, most) => deleteOldMail(db, before, most),
  },
]

describe.each(engines)('on $name', ({ open }) => {
  test.each(kinds)('old rows of $table go at most five with each step; young ones stay', async (kind) => {
    const { db } = await open()
    const { table, insert, remove } = kind
    await db.q.insert(db.t.users).values(userRow(0))
    await db.q.insert(db.t.sessions).values(sessionRow(0))
    const rows = async () => (await db.q.select().from(db.t[table])).length
    const others = await rows()
    for (let i = 1; i <= 7; i++) await insert(db, i, start - i)
    for (const i of [8, 9]) await insert(db, i, start)
    expect(await remove(db, start, 5)).toBe(5)
    expect(await rows()).toBe(others + 4)
    expect([await remove(db, start, 5), await remove(db, start, 5)]).toEqual([2, 0])
    expect(await rows()).toBe(others + 2)
  })

  test('two sweeps at once delete each row once between them', async () => {
    const { db, address } = await open()
    const other = await reopen(address)
    for (let i = 0; i < 40; i++)
      await db.q.insert(db.t.auditEvents).values({ id: `event ${i}`, at: start - 1, event: 'x', ...origin })
    let deleted = 0
    for (let turn = 0; turn < 9; turn++) {
      const done = await Promise.all([deleteOldAuditEvents(db, start, 10), deleteOldAuditEvents(other, start, 10)])
      deleted += done[0] + done[1]
    }
    expect(deleted).toBe(40)
    expect(await db.q.select().from(db.t.auditEvents)).toEqual([])
  })
})

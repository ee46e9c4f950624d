// Counts of wrong passwords on both engines: none lost, none let through beyond the rule.
import { describe, expect, test } from 'vitest'
import { countTry, deleteOldFailures, forgetFailures, takeBackTry } from '../sign-in-failures'
import { engines, reopen } from '../testing/postgres-database'
import { start } from '../testing/rows'

const rule = { waits: [0, 0, 10, 20], most: 7 }
const endless = { waits: [0], most: 1000 }
const fifty = Array.from({ length: 50 }, (_, i) => i)

describe.each(engines)('wrong passwords on $name', ({ open }) => {
  test('make the next try wait as long as the rule says, and no try counts while it waits', async () => {
    const { db } = await open()
    const at = (seconds: number) => countTry(db, 'ann', rule, start + seconds * 1000)
    expect([await at(0), await at(0), await at(0)]).toEqual([1, 2, 3].map((failures) => ({ counted: true, failures })))
    const waiting = { counted: false, waitUntil: start + 10_000, stopped: false }
    expect([await at(0), await at(9.999)]).toEqual([waiting, waiting])
    expect(await at(10)).toEqual({ counted: true, failures: 4 })
    expect(await at(29)).toEqual({ counted: false, waitUntil: start + 30_000, stopped: false })
    expect(await at(30)).toEqual({ counted: true, failures: 5 })
    expect(await at(50)).toEqual({ counted: true, failures: 6 })
    expect(await countTry(db, 'bob', rule, start)).toEqual({ counted: true, failures: 1 })
  })

  test('stop for good at the most, whatever time goes by', async () => {
    const { db } = await open()
    for (let i = 0; i < 7; i++)
      expect(await countTry(db, 'ann', rule, start + i * 60_000)).toMatchObject({ counted: true })
    expect(await countTry(db, 'ann', rule, start + 1e10)).toMatchObject({ counted: false, stopped: true })
    await forgetFailures(db, ['ann', 'nobody'])
    expect(await countTry(db, 'ann', rule, start)).toEqual({ counted: true, failures: 1 })
  })

  test('R-5, F-33 of fifty at once by two processes as many get through as are free, and not one more', async () => {
    const { address, db } = await open()
    const pair = [db, await reopen(address)] as const
    const counts = await Promise.all(fifty.map((i) => countTry(pair[i % 2] ?? db, 'ann', rule, start)))
    expect(counts.filter(({ counted }) => counted)).toHaveLength(3)
  })

  test('of fifty at once by two processes lose no count', async () => {
    const { address, db } = await open()
    const pair = [db, await reopen(address)] as const
    const counts = await Promise.all(fifty.map((i) => countTry(pair[i % 2] ?? db, 'ann', endless, start)))
    const failures = counts.map((each) => (each.counted ? each.failures : 0)).sort((a, b) => a - b)
    expect(failures).toEqual(fifty.map((i) => i + 1))
  })

  test('are one less when nobody came to look, and then nobody waits', async () => {
    const { db } = await open()
    for (let i = 0; i < 3; i++) await countTry(db, 'ann', rule, start)
    await takeBackTry(db, 'ann')
    expect(await countTry(db, 'ann', rule, start)).toEqual({ counted: true, failures: 3 })
    expect(await countTry(db, 'ann', rule, start)).toMatchObject({ counted: false, waitUntil: start + 10_000 })
    for (let i = 0; i < 9; i++) await takeBackTry(db, 'ann')
    expect(await countTry(db, 'ann', rule, start)).toEqual({ counted: true, failures: 1 })
    await takeBackTry(db, 'nobody')
    expect(await countTry(db, 'nobody', rule, start)).toEqual({ counted: true, failures: 1 })
  })

  test('go when they are old, few of them sooner', async () => {
    const { db } = await open()
    const of = (key: string, times: number, at: number) =>
      Promise.all(Array.from({ length: times }, () => countTry(db, key, endless, at)))
    await of('few and old', 4, start)
    await of('many and old', 5, start)
    await of('few and young', 4, start + 1)
    const keys = async () => (await db.q.select().from(db.t.signInFailures)).map(({ key }) => key).sort()
    await deleteOldFailures(db, { upTo: 4, before: start + 1 }, start, 9)
    expect(await keys()).toEqual(['few and young', 'many and old'])
    await deleteOldFailures(db, { upTo: 4, before: start + 1 }, start + 1, 9)
    expect(await keys()).toEqual(['few and young'])
  })
})

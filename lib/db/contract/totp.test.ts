// The authenticator apps and recovery codes of users on both engines.
import { describe, expect, test } from 'vitest'
import { countRecoveryCodes, recoveryCodesRemoved, replaceRecoveryCodes, spendRecoveryCode } from '../recovery-codes'
import { endSession, insertSession } from '../sessions'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, userRow } from '../testing/rows'
import {
  findTotp,
  forgetTotpFailures,
  hasTotp,
  listTotpSeals,
  noteTotpFailure,
  replaceTotpSeal,
  spendTotpStep,
  totpRemoved,
  totpSet,
} from '../totp'
import { findUser } from '../users'

const [ann, bob, eve] = [1, 2, 3].map((number) => userRow(number).id) as [string, string, string]
const [sidOfAnn, sidOfBob] = [1, 2].map((number) => sessionRow(number).id) as [string, string]
const app = { sealedSecret: 'x', createdAt: start, confirmedAt: start, lastStep: 5, failures: 0 }
const sixteen = Array.from({ length: 16 }, (_, i) => i)
const counted = (done: boolean[]) => done.filter(Boolean).length

describe.each(engines)('second factors on $name', ({ open }) => {
  const withUsers = async () => {
    const { db, address } = await open()
    await db.q.insert(db.t.users).values([userRow(1), userRow(2), userRow(3)])
    await db.batch((tx) => [
      totpSet(tx, db.t, { ...app, userId: ann }),
      totpSet(tx, db.t, { ...app, userId: bob, confirmedAt: null }),
    ])
    return { db, pair: [db, await reopen(address)] as const }
  }

  test('an app counts once it is confirmed', async () => {
    const { db } = await withUsers()
    expect([await hasTotp(db, ann), await hasTotp(db, bob), await hasTotp(db, eve)]).toEqual([true, false, false])
    expect(await findTotp(db, ann)).toEqual({ ...app, userId: ann })
    await db.batch((tx) => [totpSet(tx, db.t, { ...app, userId: ann, sealedSecret: 'y' })])
    expect((await findTotp(db, ann))?.sealedSecret).toBe('y')
    await db.batch((tx) => [totpRemoved(tx, db.t, ann)])
    expect(await hasTotp(db, ann)).toBe(false)
    expect((await findUser(db, ann))?.id).toBe(ann)
    expect(await findUser(db, 'nobody')).toBeNull()
  })

  test('a step is used once by one of sixteen on two instances, and none before it after that', async () => {
    const { db, pair } = await withUsers()
    expect(counted(await Promise.all(sixteen.map((i) => spendTotpStep(pair[i % 2] ?? db, ann, 6))))).toBe(1)
    expect([await spendTotpStep(db, ann, 5), await spendTotpStep(db, ann, 6)]).toEqual([false, false])
    expect(await spendTotpStep(db, ann, 7)).toBe(true)
    expect(await spendTotpStep(db, eve, 7)).toBe(false)
  })

  test('seals are listed page by page, and replaced unless they changed meanwhile', async () => {
    const { db } = await withUsers()
    expect((await listTotpSeals(db, '', 1)).map(({ userId }) => userId)).toEqual([ann])
    expect((await listTotpSeals(db, ann, 9)).map(({ userId }) => userId)).toEqual([bob])
    expect(await replaceTotpSeal(db, ann, 'x', 'y')).toBe(true)
    expect(await replaceTotpSeal(db, ann, 'x', 'z')).toBe(false)
    expect((await findTotp(db, ann))?.sealedSecret).toBe('y')
  })

  test('wrong codes are counted, none is lost, and a right one begins anew', async () => {
    const { db, pair } = await withUsers()
    const counts = await Promise.all(sixteen.map((i) => noteTotpFailure(pair[i % 2] ?? db, ann)))
    expect(counts.sort((a, b) => a - b)).toEqual(sixteen.map((i) => i + 1))
    expect(await spendTotpStep(db, ann, 9)).toBe(true)
    expect((await findTotp(db, ann))?.failures).toBe(0)
    await noteTotpFailure(db, ann)
    await forgetTotpFailures(db, ann)
    expect((await findTotp(db, ann))?.failures).toBe(0)
    expect(await noteTotpFailure(db, eve)).toBe(0)
  })

  test('a recovery code is used once by one of sixteen, by its own user', async () => {
    const { db, pair } = await withUsers()
    for (const number of [1, 2]) await insertSession(db, sessionRow(number))
    await replaceRecoveryCodes(db, ann, sidOfAnn, ['a', 'b'], start)
    await replaceRecoveryCodes(db, bob, sidOfBob, ['a'], start)
    expect(await spendRecoveryCode(db, bob, 'b', start)).toBe(false)
    const done = await Promise.all(sixteen.map((i) => spendRecoveryCode(pair[i % 2] ?? db, ann, 'a', start)))
    expect(counted(done)).toBe(1)
    expect([await countRecoveryCodes(db, ann), await countRecoveryCodes(db, bob)]).toEqual([1, 1])
    await replaceRecoveryCodes(db, ann, sidOfAnn, ['c'], start)
    expect(await spendRecoveryCode(db, ann, 'b', start)).toBe(false)
    expect(await spendRecoveryCode(db, ann, 'c', start)).toBe(true)
    await replaceRecoveryCodes(db, ann, sidOfAnn, ['d', 'e'], start)
    await endSession(db, sidOfAnn, 'signed_out', start)
    await expect(replaceRecoveryCodes(db, ann, sidOfAnn, ['f'], start)).rejects.toThrow(
      expect.objectContaining({ code: 'unauthenticated' }),
    )
    expect(await countRecoveryCodes(db, ann)).toBe(2)
    await db.batch((tx) => [recoveryCodesRemoved(tx, db.t, ann)])
    expect(await countRecoveryCodes(db, ann)).toBe(0)
  })
})

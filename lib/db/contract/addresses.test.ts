// Names, addresses and the codes that prove them, on both engines.
import { describe, expect, test } from 'vitest'
import { changeAddress, laterChangesVoided } from '../address-change'
import {
  findMailedToken,
  resetTokensVoided,
  storeMailedToken,
  takeMailedToken,
  userOfResetToken,
  voidMailedTokens,
} from '../mailed-tokens'
import { endSession, insertSession } from '../sessions'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, tokenRow, userRow } from '../testing/rows'
import { emailChanged, findPasswordHash, findUser, passwordSet, renameUser } from '../users'

const sixteen = Array.from({ length: 16 }, (_, i) => i)
const [ann, bob] = [userRow(1), userRow(2)]
const fresh = 'ann@new.example'
const { email, codeHash, tokenHash } = tokenRow(1)

describe.each(engines)('addresses on $name', ({ open }) => {
  const withTwo = async () => {
    const { db, address } = await open()
    await db.q.insert(db.t.users).values([ann, bob])
    for (const number of [1, 2]) await insertSession(db, sessionRow(number))
    return { db, pair: [db, await reopen(address)] as const }
  }

  const code = { purpose: 'change_email', userId: ann.id, email: fresh } as const
  const undo = (number: number, changes = {}) =>
    tokenRow(number, { purpose: 'undo_email', userId: ann.id, email: ann.email, ...changes })
  const change = { userId: ann.id, from: ann.email, to: fresh, codeHash, by: sessionRow(1).id, at: start }
  const purposes = async ({ q, t }: Awaited<ReturnType<typeof withTwo>>['db']) =>
    (await q.select().from(t.mailedTokens)).map(({ id, purpose }) => [purpose, id]).sort()

  test('change by a live code from what they were, and lay one way back; of sixteen at once one does', async () => {
    const { db, pair } = await withTwo()
    await storeMailedToken(db, tokenRow(1, code))
    await storeMailedToken(db, tokenRow(2, { purpose: 'reset_password', userId: ann.id, email: ann.email }))
    await storeMailedToken(db, tokenRow(3, { purpose: 'reset_password', userId: bob.id, email: bob.email }))
    const before = await purposes(db)
    for (const wrong of [
      { from: 'other@example.com' },
      { codeHash: 'x' },
      { userId: bob.id },
      { at: start + 1_800_000 },
      { by: sessionRow(2).id },
      { by: 'nobody’s' },
    ])
      expect(await changeAddress(db, { ...change, undo: undo(4), ...wrong })).toBe(false)
    expect(await purposes(db)).toEqual(before)
    const done = await Promise.all(
      sixteen.map((i) => changeAddress(pair[i % 2] ?? db, { ...change, undo: undo(10 + i) })),
    )
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await findUser(db, ann.id)).toMatchObject({ email: fresh })
    // The way back is the winner's: no loser may put its own in that place.
    expect(await purposes(db)).toEqual([
      ['reset_password', tokenRow(3).id],
      ['undo_email', undo(10 + done.indexOf(true)).id],
    ])
  })

  test('do not change for a session that is over', async () => {
    const { db } = await withTwo()
    await storeMailedToken(db, tokenRow(1, code))
    await endSession(db, change.by, 'signed_out', start)
    expect(await changeAddress(db, { ...change, undo: undo(2) })).toBe(false)
    expect(await purposes(db)).toEqual([['change_email', tokenRow(1).id]])
    expect(await findUser(db, ann.id)).toMatchObject({ email: ann.email })
  })

  test('never change to another account’s, and then nothing is changed', async () => {
    const { db } = await withTwo()
    await storeMailedToken(db, tokenRow(1, { ...code, email: bob.email }))
    expect(await changeAddress(db, { ...change, to: bob.email, undo: undo(2) })).toBe(false)
    expect(await purposes(db)).toEqual([['change_email', tokenRow(1).id]])
    expect(await findUser(db, ann.id)).toMatchObject({ email: ann.email })
    await renameUser(db, ann.id, 'Ann Other')
    expect(await findUser(db, ann.id)).toMatchObject({ name: 'Ann Other' })
  })

  test('a link sets a password while it lives; one that was voided lets the write fail whole', async () => {
    const { db } = await withTwo()
    await storeMailedToken(db, tokenRow(1, { purpose: 'reset_password', userId: ann.id, email: ann.email }))
    const set = (hash: string, userId = ann.id) =>
      db.batch((tx) => [
        emailChanged(tx, db.t, userId, userRow(1).email, `${hash}@example.com`),
        passwordSet(tx, db.t, userOfResetToken(db.t, userId, tokenHash), hash, start),
      ])
    await expect(set('x', bob.id)).rejects.toThrow()
    await set('first')
    await db.batch((tx) => [resetTokensVoided(tx, db.t, ann.email)])
    await expect(set('second')).rejects.toThrow()
    expect(await findPasswordHash(db, ann.id)).toBe('first')
    expect(await findUser(db, ann.id)).toMatchObject({ email: 'first@example.com' })
  })

  test('put back void the ways back of later changes, and keep the earlier ones', async () => {
    const { db } = await withTwo()
    await storeMailedToken(db, undo(1))
    await storeMailedToken(db, undo(2, { email: 'b@example.com' }))
    await storeMailedToken(db, undo(3, { email: 'c@example.com' }))
    await storeMailedToken(db, undo(4, { email: bob.email, userId: bob.id }))
    await storeMailedToken(db, tokenRow(5, code))
    await db.batch((tx) => [
      emailChanged(tx, db.t, ann.id, ann.email, fresh),
      laterChangesVoided(tx, db.t, ann.id, undo(2).id),
    ])
    expect(await purposes(db)).toEqual([
      ['undo_email', undo(1).id],
      ['undo_email', undo(4).id],
    ])
  })

  test('are proven by a code that one of sixteen takes', async () => {
    const { db, pair } = await withTwo()
    const token = tokenRow(1, { purpose: 'change_email', userId: ann.id })
    await storeMailedToken(db, token)
    const take = (from: typeof db, changes = {}, at = start) =>
      takeMailedToken(from, ['change_email'], { email, userId: ann.id, codeHash, ...changes }, at)
    for (const changes of [{ userId: bob.id }, { userId: '' }, { codeHash: 'x' }, { email: fresh }])
      expect(await take(db, changes)).toBeNull()
    expect(await take(db, {}, token.expiresAt)).toBeNull()
    expect(
      await takeMailedToken(db, ['sign_in', 'sign_in_known'], { email, userId: ann.id, codeHash }, start),
    ).toBeNull()
    const taken = await Promise.all(sixteen.map((i) => take(pair[i % 2] ?? db)))
    expect(taken.filter((row) => row !== null)).toEqual([token])
  })

  test('keep one token for each purpose and account, and those of an account are voided together', async () => {
    const { db } = await withTwo()
    await storeMailedToken(db, tokenRow(1, { purpose: 'change_email', userId: ann.id }))
    await storeMailedToken(db, tokenRow(2, { purpose: 'change_email', userId: bob.id, email }))
    await voidMailedTokens(db, 'change_email', ann.id)
    expect(await findMailedToken(db, 'change_email', { tokenHash }, start)).toBeNull()
    const his = await findMailedToken(db, 'change_email', { tokenHash: tokenRow(2).tokenHash }, start)
    expect(his?.userId).toBe(bob.id)
  })
})

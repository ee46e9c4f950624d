// Names, addresses and the codes that prove them, on both engines.
import { describe, expect, test } from 'vitest'
import {
  findMailedToken,
  mailedTokenSpent,
  storeMailedToken,
  takeMailedToken,
  voidMailedTokens,
} from '../mailed-tokens'
import { engines, reopen } from '../testing/postgres-database'
import { start, tokenRow, userRow } from '../testing/rows'
import { changeEmail, emailChanged, findUser, renameUser } from '../users'

const sixteen = Array.from({ length: 16 }, (_, i) => i)
const [ann, bob] = [userRow(1), userRow(2)]
const fresh = 'ann@new.example'
const { email, codeHash, tokenHash } = tokenRow(1)

describe.each(engines)('addresses on $name', ({ open }) => {
  const withTwo = async () => {
    const { db, address } = await open()
    await db.q.insert(db.t.users).values([ann, bob])
    return { db, pair: [db, await reopen(address)] as const }
  }

  test('change from what they were, and never to another account’s', async () => {
    const { db, pair } = await withTwo()
    expect(await changeEmail(db, ann.id, ann.email, bob.email)).toBe('taken')
    expect(await changeEmail(db, ann.id, 'other@example.com', fresh)).toBe('gone')
    const done = await Promise.all(sixteen.map((i) => changeEmail(pair[i % 2] ?? db, ann.id, ann.email, fresh)))
    expect(done.filter((outcome) => outcome === 'changed')).toHaveLength(1)
    await db.batch((tx) => [emailChanged(tx, db.t, ann.id, fresh, ann.email)])
    await renameUser(db, ann.id, 'Ann Other')
    expect(await findUser(db, ann.id)).toMatchObject({ email: ann.email, name: 'Ann Other' })
  })

  test('are proven by a code that one of sixteen takes', async () => {
    const { db, pair } = await withTwo()
    const token = tokenRow(1, { purpose: 'change_email', userId: ann.id })
    await storeMailedToken(db, token)
    const take = (from: typeof db, changes = {}, at = start) =>
      takeMailedToken(from, 'change_email', { email, userId: ann.id, codeHash, ...changes }, at)
    for (const changes of [{ userId: bob.id }, { userId: '' }, { codeHash: 'x' }, { email: fresh }])
      expect(await take(db, changes)).toBeNull()
    expect(await take(db, {}, token.expiresAt)).toBeNull()
    expect(await takeMailedToken(db, 'sign_in', { email, userId: ann.id, codeHash }, start)).toBeNull()
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
    await db.batch((tx) => [mailedTokenSpent(tx, db.t, his?.id ?? '')])
    expect(await db.q.select().from(db.t.mailedTokens)).toEqual([])
  })
})

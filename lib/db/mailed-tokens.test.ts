// Codes and links: one live one for each address, never past its time, never for another address.
import { describe, expect, test } from 'vitest'
import { deleteExpiredMailedTokens, findMailedToken, storeMailedToken } from './mailed-tokens'
import { start, tokenRow } from './testing/rows'
import { temporaryDatabase } from './testing/temporary-database'

const { email, expiresAt } = tokenRow(1)

describe('a mailed token', () => {
  test('opens by its link and by its code', async () => {
    const { db } = await temporaryDatabase()
    await storeMailedToken(db, tokenRow(1))
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, start)).toEqual(tokenRow(1))
    expect(await findMailedToken(db, 'verify_email', { email, codeHash: 'code hash 1' }, start)).toEqual(tokenRow(1))
  })

  test('does not open by the code of another address', async () => {
    const { db } = await temporaryDatabase()
    await storeMailedToken(db, tokenRow(1))
    await storeMailedToken(db, tokenRow(2))
    expect(await findMailedToken(db, 'verify_email', { email, codeHash: 'code hash 2' }, start)).toBeNull()
  })

  test('is void as soon as a newer one is on its way to the same address', async () => {
    const { db } = await temporaryDatabase()
    await storeMailedToken(db, tokenRow(1))
    await storeMailedToken(db, tokenRow(2, { email }))
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, start)).toBeNull()
    expect(await findMailedToken(db, 'verify_email', { email, codeHash: 'code hash 1' }, start)).toBeNull()
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 2' }, start)).toEqual(
      tokenRow(2, { email }),
    )
  })

  test('is good until the millisecond before its end', async () => {
    const { db } = await temporaryDatabase()
    await storeMailedToken(db, tokenRow(1))
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, expiresAt - 1)).not.toBeNull()
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, expiresAt)).toBeNull()
  })

  test('is deleted when its time is over, and not before', async () => {
    const { db } = await temporaryDatabase()
    await storeMailedToken(db, tokenRow(1))
    await storeMailedToken(db, tokenRow(2, { expiresAt: expiresAt + 1 }))
    await deleteExpiredMailedTokens(db, expiresAt, 9)
    expect(
      db.q
        .select()
        .from(db.t.mailedTokens)
        .all()
        .map(({ id }) => id),
    ).toEqual([tokenRow(2).id])
  })
})

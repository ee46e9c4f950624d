// The last way in stays, also when several are taken away at once.
import { expect, test } from 'vitest'
import { insertPasskey, passkeyRemoved } from '../db/passkeys'
import { countWaysIn } from '../db/ways-in'
import { checkSession } from './check-session'
import type { Holder } from './own-sessions'
import { carrying, enrol, sessionOf } from './testing/people'
import { refusalOf } from './testing/records'
import { ann, openTrial, start, type Trial } from './testing/trial'
import { removeWayIn } from './ways-in'

const passkey = { publicKey: 'x', counter: 0, transports: [], name: 'x', backedUp: false, lastUsedAt: null }

const withPasskeys = async (ids: string[]) => {
  const trial = await openTrial()
  const person = await enrol(trial)
  for (const id of ids) await insertPasskey(trial.db, { ...passkey, id, userId: person.user.id, createdAt: start })
  const holder = { user: person.user, session: await sessionOf(trial, person.sid) }
  return { trial, person, holder }
}
const remove = (trial: Trial, holder: Holder, id: string) =>
  removeWayIn(trial, holder, 'passkey', (tx, t) => [passkeyRemoved(tx, t, holder.user.id, id)], ann, start)

test('one of two goes, every other session with it, and the one that asked goes on under a new sid', async () => {
  const { trial, person, holder } = await withPasskeys(['one', 'two'])
  const { session, tokens } = await remove(trial, holder, 'one')
  expect(session.id).not.toBe(person.sid)
  expect(await checkSession(trial, carrying(tokens), start)).toMatchObject({ ok: true })
  expect(await checkSession(trial, carrying(person.tokens), start)).toMatchObject({ ok: false })
  expect((await countWaysIn(trial.db, person.user.id)).passkeys).toBe(1)
})

test('the last one stays', async () => {
  const { trial, person, holder } = await withPasskeys(['one'])
  expect((await refusalOf(remove(trial, holder, 'one'))).code).toBe('last_way_in')
  expect((await countWaysIn(trial.db, person.user.id)).passkeys).toBe(1)
})

test('of all of them removed at once one goes, and not the last', async () => {
  const ids = Array.from({ length: 8 }, (_, i) => `passkey ${i}`)
  const { trial, person, holder } = await withPasskeys(ids)
  const done = await Promise.allSettled(ids.map((id) => remove(trial, holder, id)))
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await countWaysIn(trial.db, person.user.id)).passkeys).toBe(7)
})

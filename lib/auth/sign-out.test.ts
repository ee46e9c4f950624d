// Sign-out: by either cookie, twice without harm, and never by whoever merely knows a session's id.
import { describe, expect, test } from 'vitest'
import { readCandidates, readCarried } from '../core/carriers'
import { checkSession } from './check-session'
import { signOut } from './sign-out'
import { carrying, enrol, noCookies, sessionOf } from './testing/people'
import { auditRows } from './testing/records'
import { ann, hour, mallory, minute, openTrial, start } from './testing/trial'

const withAnn = async () => {
  const trial = await openTrial()
  return { trial, person: await enrol(trial) }
}

describe('signing out', () => {
  test('ends the session at once and notes it', async () => {
    const { trial, person } = await withAnn()
    await signOut(trial, carrying(person.tokens), ann, start + minute)
    expect(await checkSession(trial, carrying(person.tokens), start + minute)).toMatchObject({
      ok: false,
      reason: 'signed_out',
    })
    expect(auditRows(trial)).toMatchObject([
      { event: 'signed_out', userId: person.user.id, sid: person.sid, ip: ann.ip },
    ])
  })

  test('twice, and many times at once, is no error and noted once', async () => {
    const { trial, person } = await withAnn()
    await Promise.all(Array.from({ length: 8 }, () => signOut(trial, carrying(person.tokens), ann, start)))
    await signOut(trial, carrying(person.tokens), ann, start + hour)
    expect(auditRows(trial)).toHaveLength(1)
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedAt: start })
  })

  test('ends every session that contradictory cookies prove', async () => {
    const { trial, person } = await withAnn()
    const [second, third] = [await enrol(trial), await enrol(trial)]
    const header = [
      `handstamp-rt=${person.tokens.refresh}`,
      `handstamp-rt=${second.tokens.refresh}`,
      `handstamp-at=${third.tokens.access}`,
    ].join('; ')
    for (const carried of readCandidates(header, false)) await signOut(trial, carried, ann, start)
    for (const { sid } of [person, second, third])
      expect(await sessionOf(trial, sid)).toMatchObject({ endedReason: 'signed_out' })
  })

  test.each(['access', 'refresh'] as const)('works with the %s cookie alone', async (kind) => {
    const { trial, person } = await withAnn()
    await signOut(trial, carrying({ [kind]: person.tokens[kind] }), ann, start)
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedReason: 'signed_out' })
  })

  test('works when the access token is spent and the refresh token is the one before', async () => {
    const { trial, person } = await withAnn()
    await signOut(trial, carrying(person.tokens), ann, start + 50 * minute)
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedReason: 'signed_out' })
  })

  test('without a session is no error', async () => {
    const { trial } = await withAnn()
    await signOut(trial, noCookies, ann, start)
    expect(auditRows(trial)).toEqual([])
  })

  test('with a forged, changed or doubled cookie ends nothing', async () => {
    const { trial, person } = await withAnn()
    const mac = 'A'.repeat(43)
    const forged = [
      carrying({ refresh: `${person.sid}.1.${mac}` }),
      carrying({ access: `${person.tokens.access.slice(0, -8)}AAAAAAAA` }),
      readCarried(`handstamp-at=${person.tokens.access}; handstamp-at=x`, false),
    ]
    for (const carried of forged) await signOut(trial, carried, mallory, start)
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedAt: null })
  })

  test('leaves the other sessions of the same person alone', async () => {
    const { trial, person } = await withAnn()
    const other = await enrol(trial)
    await signOut(trial, carrying(person.tokens), ann, start)
    expect(await sessionOf(trial, other.sid)).toMatchObject({ endedAt: null })
  })
})

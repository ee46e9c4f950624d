// Refresh: one successor for everybody at once, a thief found out, an honest person never signed out by trouble.
import { describe, expect, test, vi } from 'vitest'
import { formatRefreshToken } from '../core/refresh-token'
import { listFamily } from '../db/rotations'
import { databaseFile } from '../db/sqlite'
import { holdLock } from '../db/testing/lock-holder'
import { checkSession } from './check-session'
import type { Tokens } from './issue-session'
import { refreshSession } from './refresh'
import { signOut } from './sign-out'
import { carrying, disable, enrol, type Person, sessionOf } from './testing/people'
import { auditRows, newest, refusalOf } from './testing/records'
import {
  ann,
  authSecret,
  day,
  hour,
  joinTrial,
  mallory,
  minute,
  openTrial,
  otherSecret,
  second,
  start,
  type Trial,
} from './testing/trial'

const withAnn = async (how: Parameters<typeof enrol>[1] = {}) => {
  const trial = await openTrial()
  return { trial, person: await enrol(trial, how) }
}
const tokensOf = async (trial: Trial, refresh: string, at: number, client = ann): Promise<Tokens> => {
  const refreshed = await refreshSession(trial, refresh, client, at)
  if (!refreshed.ok) throw new Error(`refused: ${refreshed.reason}`)
  return refreshed.tokens
}
const reasonOf = async (trial: Trial, refresh: string | null, at: number, client = ann) => {
  const refreshed = await refreshSession(trial, refresh, client, at)
  return refreshed.ok ? 'refreshed' : refreshed.reason
}
/** A refresh token with a mac that is ours, of any generation. */
const genuine = async (trial: Trial, { sid }: Person, generation: number) => {
  const [key] = trial.secrets.refresh
  if (!key) throw new Error('There is no key')
  return formatRefreshToken(key, (await sessionOf(trial, sid)).salt, sid, generation)
}

describe('refreshing', () => {
  test('gives new tokens for the same session, and the new access token works', async () => {
    const { trial, person } = await withAnn()
    const at = start + minute
    const tokens = await tokensOf(trial, person.tokens.refresh, at)
    expect(tokens.refresh).not.toBe(person.tokens.refresh)
    expect(await checkSession(trial, carrying(tokens), at)).toMatchObject({
      ok: true,
      session: { id: person.sid, generation: 2, parent: 1 },
    })
    expect(await sessionOf(trial, person.sid)).toMatchObject({
      lastSeenAt: at,
      idleExpiresAt: at + hour,
      expiresAt: start + day,
    })
  })

  test('again within the grace gives the same refresh token, byte for byte', async () => {
    const { trial, person } = await withAnn()
    const first = await tokensOf(trial, person.tokens.refresh, start + minute)
    const again = await tokensOf(trial, person.tokens.refresh, start + minute + 30 * second)
    expect(again.refresh).toBe(first.refresh)
    expect((await sessionOf(trial, person.sid)).generation).toBe(2)
  })

  test.each([20, 200])(
    'by %i at once and from two processes is one rotation with one successor',
    { timeout: 30_000 },
    async (count) => {
      const { trial, person } = await withAnn()
      const other = await joinTrial(trial.dataDir)
      const all = await Promise.all(
        Array.from({ length: count }, (_, i) =>
          tokensOf(i % 2 ? trial : other, person.tokens.refresh, start + minute + i),
        ),
      )
      expect(new Set(all.map(({ refresh }) => refresh)).size).toBe(1)
      expect(await sessionOf(trial, person.sid)).toMatchObject({ generation: 2, parent: 1, endedAt: null })
      expect(auditRows(trial)).toEqual([])
    },
  )

  test('keeps a session alive that asks before each idle end, until its day is over', async () => {
    const { trial, person } = await withAnn()
    let { refresh } = person.tokens
    for (let at = start + 50 * minute; at < start + day; at += 50 * minute)
      refresh = (await tokensOf(trial, refresh, at)).refresh
    expect(await reasonOf(trial, refresh, start + day)).toBe('absolute')
  })

  test('with "keep me signed in" goes on after a week away', async () => {
    const { trial, person } = await withAnn({ remember: true })
    const tokens = await tokensOf(trial, person.tokens.refresh, start + 7 * day)
    expect(tokens.keepUntil).toBe(start + 30 * day)
    expect(await reasonOf(trial, tokens.refresh, start + 22 * day)).toBe('idle')
  })

  test('takes a token made with the secret before this one and answers with the new one', async () => {
    const { trial, person } = await withAnn()
    const successor = await joinTrial(trial.dataDir, { AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret })
    const { refresh } = await tokensOf(successor, person.tokens.refresh, start + minute)
    expect(await tokensOf(successor, refresh, start + 2 * minute)).toBeDefined()
    expect(await reasonOf(trial, refresh, start + 2 * minute)).toBe('invalid')
  })
})

describe('trouble of ours', () => {
  test('with the secret is said to be that, and takes no token for forged', async () => {
    const { trial, person } = await withAnn()
    const wrong = await joinTrial(trial.dataDir, { AUTH_SECRET: otherSecret })
    const refusal = await refusalOf(refreshSession(wrong, person.tokens.refresh, ann, start))
    expect([refusal.code, refusal.details.detail]).toEqual(['misconfigured', expect.stringContaining('AUTH_SECRET')])
    expect(await reasonOf(trial, person.tokens.refresh, start)).toBe('refreshed')
  })

  test('with the audit table loses neither the answer nor the warning to the owner', async () => {
    const { trial, person } = await withAnn()
    const parent = person.tokens.refresh
    const { refresh } = await tokensOf(trial, parent, start + minute)
    await tokensOf(trial, refresh, start + 2 * minute)
    trial.db.driver.exec(`create trigger broken before insert on audit_events begin select raise(abort, 'broken'); end`)
    expect(await reasonOf(trial, parent, start + 3 * minute, mallory)).toBe('reuse')
    expect(newest(trial.mails).subject).toBe('We ended one of your sessions')
  })
})

describe('a refresh token that is not ours', () => {
  test.each([
    ['nothing', () => null],
    ['an empty text', () => ''],
    [
      'another mac',
      ([sid, generation, mac]: string[]) => `${sid}.${generation}.${mac?.startsWith('A') ? 'B' : 'A'}${mac?.slice(1)}`,
    ],
    ['the mac of another generation', ([sid, , mac]: string[]) => `${sid}.2.${mac}`],
    ['a mac cut short', ([sid, generation, mac]: string[]) => `${sid}.${generation}.${mac?.slice(0, -1)}`],
    ['no mac', ([sid, generation]: string[]) => `${sid}.${generation}.`],
    ['generation 0', ([sid, , mac]: string[]) => `${sid}.0.${mac}`],
    ['generation -1', ([sid, , mac]: string[]) => `${sid}.-1.${mac}`],
    ['generation 01', ([sid, , mac]: string[]) => `${sid}.01.${mac}`],
    ['generation 1e0', ([sid, , mac]: string[]) => `${sid}.1e0.${mac}`],
    ['generation 2^53', ([sid, , mac]: string[]) => `${sid}.9007199254740992.${mac}`],
    ['a sid in upper case', ([sid, generation, mac]: string[]) => `${sid?.toUpperCase()}.${generation}.${mac}`],
    ['a space behind it', (parts: string[]) => `${parts.join('.')} `],
    ['a fourth part', (parts: string[]) => `${parts.join('.')}.x`],
  ])('by %s is invalid and ends nothing', async (_name, spoil) => {
    const { trial, person } = await withAnn()
    expect(await reasonOf(trial, spoil(person.tokens.refresh.split('.')), start + minute)).toBe('invalid')
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedAt: null, generation: 1 })
    expect(auditRows(trial)).toEqual([])
    expect(await reasonOf(trial, person.tokens.refresh, start + minute)).toBe('refreshed')
  })

  test('by the sid of one session and the mac of another is invalid and ends neither', async () => {
    const { trial, person } = await withAnn()
    const other = await enrol(trial)
    const [, , mac] = person.tokens.refresh.split('.')
    expect(await reasonOf(trial, `${other.sid}.1.${mac}`, start + minute)).toBe('invalid')
    expect(await sessionOf(trial, other.sid)).toMatchObject({ endedAt: null })
  })
})

describe('an old refresh token after its successor was used', () => {
  const stolen = async (demo = false) => {
    const { trial, person } = await withAnn({ demo })
    const next = await tokensOf(trial, person.tokens.refresh, start + minute)
    await tokensOf(trial, next.refresh, start + 2 * minute)
    return { trial, person, next, at: start + 3 * minute }
  }

  test('ends the session for thief and owner alike', async () => {
    const { trial, person, next, at } = await stolen()
    expect(await reasonOf(trial, person.tokens.refresh, at, mallory)).toBe('reuse')
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedReason: 'reuse', endedAt: at })
    expect(await reasonOf(trial, next.refresh, at)).toBe('reuse')
    expect(await checkSession(trial, carrying({ access: next.access }), start + 2 * minute)).toMatchObject({
      ok: false,
      reason: 'reuse',
    })
  })

  test('is noted once, with address and browser of both sides', async () => {
    const { trial, person, at } = await stolen()
    await Promise.all(Array.from({ length: 8 }, () => reasonOf(trial, person.tokens.refresh, at, mallory)))
    expect(auditRows(trial)).toMatchObject([
      {
        event: 'refresh_reused',
        sid: person.sid,
        userId: person.user.id,
        ip: mallory.ip,
        userAgent: mallory.userAgent,
        detail: { reason: 'reuse', firstIp: ann.ip, firstUserAgent: ann.userAgent },
      },
    ])
  })

  test('is told to the owner by one mail without a token in it', async () => {
    const { trial, person, at } = await stolen()
    await Promise.all(Array.from({ length: 8 }, () => reasonOf(trial, person.tokens.refresh, at, mallory)))
    expect(trial.mails).toHaveLength(1)
    expect(newest(trial.mails)).toMatchObject({ to: person.user.email, subject: 'We ended one of your sessions' })
    expect(JSON.stringify(trial.mails)).not.toContain(person.sid)
  })

  test('of a demo session causes no mail', async () => {
    const { trial, person, at } = await stolen(true)
    expect(await reasonOf(trial, person.tokens.refresh, at)).toBe('reuse')
    expect(trial.mails).toEqual([])
  })

  test('is found out within the grace, too, when it is the grandparent', async () => {
    const { trial, person, next } = await stolen()
    await tokensOf(trial, next.refresh, start + 2 * minute + second)
    expect(await reasonOf(trial, person.tokens.refresh, start + 2 * minute + 2 * second, mallory)).toBe('reuse')
  })

  test('leaves the other sessions of the same person alone', async () => {
    const { trial, person, at } = await stolen()
    const other = await enrol(trial)
    await reasonOf(trial, person.tokens.refresh, at, mallory)
    expect(await reasonOf(trial, other.tokens.refresh, at)).toBe('refreshed')
  })
})

describe('a response that was lost', () => {
  test('heals with the old token after the grace, twice in a row: the successor is the same, byte for byte', async () => {
    const { trial, person } = await withAnn()
    const successors = new Set<string>()
    for (const minutes of [2, 3, 4]) {
      successors.add((await tokensOf(trial, person.tokens.refresh, start + minutes * minute)).refresh)
      expect(await sessionOf(trial, person.sid)).toMatchObject({ generation: 2, parent: 1, endedAt: null })
    }
    expect(successors.size).toBe(1)
    await vi.waitFor(async () => expect(await listFamily(trial.db, person.sid, 9)).toMatchObject([{ losses: 2 }]))
  })

  test('and that a thief had is found out when the thief comes back', async () => {
    const { trial, person } = await withAnn()
    const thiefs = await tokensOf(trial, person.tokens.refresh, start + minute, mallory)
    const owners = await tokensOf(trial, person.tokens.refresh, start + 2 * minute)
    const next = await tokensOf(trial, owners.refresh, start + 3 * minute)
    await checkSession(trial, carrying(next), start + 3 * minute)
    expect(await reasonOf(trial, thiefs.refresh, start + 4 * minute, mallory)).toBe('reuse')
    await vi.waitFor(async () =>
      expect(await listFamily(trial.db, person.sid, 9)).toMatchObject([
        { generation: 3, parent: 2, reusedAt: null },
        { generation: 2, parent: 1, losses: 1, reusedAt: start + 4 * minute },
      ]),
    )
  })
})

test('a person’s refresh right after one of the page’s own is activity all the same', async () => {
  const { trial, person } = await withAnn()
  const [at, pressed] = [start + 50 * minute, start + 50 * minute + 5 * second]
  const own = await refreshSession(trial, person.tokens.refresh, ann, at, true)
  expect(own).toMatchObject({ session: { idleExpiresAt: start + hour } })
  const stay = await refreshSession(trial, own.ok ? own.tokens.refresh : null, ann, pressed)
  expect(stay).toMatchObject({ session: { generation: 2, lastSeenAt: pressed, idleExpiresAt: pressed + hour } })
  expect(await sessionOf(trial, person.sid)).toMatchObject({ generation: 2, idleExpiresAt: pressed + hour })
})

describe('a generation that was never handed out', () => {
  test('ends the session with an alarm', async () => {
    const { trial, person } = await withAnn()
    expect(await reasonOf(trial, await genuine(trial, person, 9), start + minute, mallory)).toBe('generation_ahead')
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedReason: 'generation_ahead' })
    expect(auditRows(trial)).toMatchObject([
      { event: 'session_ended', ip: mallory.ip, detail: { reason: 'generation_ahead' } },
    ])
  })
})

describe('a session that is over', () => {
  test.each([
    ['idle', start + hour],
    ['absolute', start + day],
  ])('by its %s end is ended in the table, noted once, and stays over', async (reason, at) => {
    const { trial, person } = await withAnn()
    expect(await reasonOf(trial, person.tokens.refresh, at)).toBe(reason)
    expect(await reasonOf(trial, person.tokens.refresh, at + second)).toBe(reason)
    expect(await reasonOf(trial, person.tokens.refresh, start)).toBe(reason)
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedReason: reason, endedAt: at })
    expect(auditRows(trial)).toMatchObject([{ event: 'session_ended', detail: { reason } }])
  })

  test('lives until the millisecond before its idle end', async () => {
    const { trial, person } = await withAnn()
    expect(await reasonOf(trial, person.tokens.refresh, start + hour - 1)).toBe('refreshed')
  })

  test('because its user was disabled gives nothing', async () => {
    const { trial, person } = await withAnn()
    disable(trial, person, start)
    expect(await reasonOf(trial, person.tokens.refresh, start + minute)).toBe('user_disabled')
  })

  test('by sign-out gives nothing, within the grace or after', async () => {
    const { trial, person } = await withAnn()
    const next = await tokensOf(trial, person.tokens.refresh, start + minute)
    await signOut(trial, carrying(next), ann, start + minute + second)
    for (const refresh of [person.tokens.refresh, next.refresh]) {
      expect(await reasonOf(trial, refresh, start + minute + 2 * second)).toBe('signed_out')
      expect(await reasonOf(trial, refresh, start + 10 * minute)).toBe('signed_out')
    }
    expect(trial.mails).toEqual([])
  })
})

test('sign-out wins every race with a refresh: nothing works after it', { timeout: 60_000 }, async () => {
  const trial = await openTrial()
  const other = await joinTrial(trial.dataDir)
  for (let round = 0; round < 50; round++) {
    const person = await enrol(trial)
    const at = start + minute
    const refreshes = Promise.all(
      Array.from({ length: 4 }, (_, i) => refreshSession(i % 2 ? trial : other, person.tokens.refresh, ann, at)),
    )
    for (let pause = 0; pause < round % 12; pause++) await Promise.resolve()
    await signOut(round % 2 ? trial : other, carrying(person.tokens), ann, at)
    expect(await reasonOf(trial, person.tokens.refresh, at)).toBe('signed_out')
    for (const refreshed of await refreshes) {
      if (!refreshed.ok) continue
      expect(await reasonOf(trial, refreshed.tokens.refresh, at)).toBe('signed_out')
      expect(await checkSession(trial, carrying(refreshed.tokens), at)).toMatchObject({
        ok: false,
        reason: 'signed_out',
      })
    }
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedReason: 'signed_out' })
  }
})

test('a locked database is a temporary failure that ends nothing', { timeout: 15_000 }, async () => {
  const { trial, person } = await withAnn()
  const { released } = await holdLock(databaseFile(trial.dataDir), 'IMMEDIATE', 1800)
  const refusal = await refusalOf(refreshSession(trial, person.tokens.refresh, ann, start + minute))
  expect(refusal).toMatchObject({ code: 'temporarily_unavailable', details: { retryAfter: 1 } })
  expect(await checkSession(trial, carrying(person.tokens), start + second)).toMatchObject({ ok: true })
  await released
  expect(await sessionOf(trial, person.sid)).toMatchObject({ generation: 1, endedAt: null })
  expect(await reasonOf(trial, person.tokens.refresh, start + 2 * minute)).toBe('refreshed')
})

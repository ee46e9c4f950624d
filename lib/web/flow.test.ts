// The flow seal: opens for us, in time, and is empty, never an error, for whatever else comes in its place.
import { sealData } from 'iron-session'
import { describe, expect, test } from 'vitest'
import { authSecret, joinTrial, minute, openTrial, otherSecret, second, start, type Trial } from '../auth/testing/trial'
import { type Flow, openFlow, sealFlow } from './flow'

const pending = { attempt: 'attempt', email: 'ann@example.com', name: 'Ann', passwordHash: '$argon2id$…' }
const sealIn = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'))
const sealed = async (trial: Trial, flow: Flow = { pending }, at = start) => sealIn(await sealFlow(trial, flow, at))
const opened = (trial: Trial, value: string, at = start) => openFlow(trial, `handstamp-flow=${value}`, at)

describe('a flow', () => {
  test('comes back as it was sealed', async () => {
    const trial = await openTrial()
    const flow: Flow = {
      pending,
      link: 'token',
      flash: {
        id: 'x',
        page: '/sign-in',
        code: 'invalid_code',
        text: 'No',
        errors: { code: 'No' },
        values: { email: 'ann@example.com' },
      },
    }
    expect(await opened(trial, await sealed(trial, flow))).toEqual(flow)
  })

  test('travels in a cookie that scripts cannot read, for ten minutes', async () => {
    const trial = await openTrial()
    const cookie = await sealFlow(trial, { pending }, start)
    expect(cookie).toMatch(/^handstamp-flow=Fe26\.2\*[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/)
    for (const part of ['ann@example.com', 'argon2id', Buffer.from('ann@example.com').toString('base64url')])
      expect(cookie).not.toContain(part)
  })

  test('is over after ten minutes', async () => {
    const trial = await openTrial()
    const value = await sealed(trial)
    expect(await opened(trial, value, start + 10 * minute - 1)).toEqual({ pending })
    expect(await opened(trial, value, start + 10 * minute)).toEqual({})
  })

  test('sealed with the secret before this one still opens', async () => {
    const trial = await openTrial()
    const successor = await joinTrial(trial.dataDir, { AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret })
    expect(await opened(successor, await sealed(trial))).toEqual({ pending })
  })
})

describe('no flow', () => {
  test('is what a request without the cookie, with an empty or a doubled one holds', async () => {
    const trial = await openTrial()
    const value = await sealed(trial)
    for (const header of [null, '', 'other=1', 'handstamp-flow=', `handstamp-flow=${value}; handstamp-flow=${value}`]) {
      expect(await openFlow(trial, header, start)).toEqual({})
    }
  })

  test('is what a seal of another secret holds', async () => {
    const trial = await openTrial()
    const stranger = await openTrial({ AUTH_SECRET: otherSecret })
    expect(await opened(trial, await sealed(stranger))).toEqual({})
  })

  test('is what a seal of an older version or of another shape holds', async () => {
    const trial = await openTrial()
    const password = { ...trial.secrets.flow }
    for (const data of [
      {},
      { until: 'never' },
      { pending, until: start - second },
      { persistent: { pending, until: start + minute } },
      { pending: { email: 1 }, until: start + minute },
    ]) {
      expect(await opened(trial, await sealData(data, { password }))).toEqual({})
    }
    // Without its version a seal is read as iron-session's older format, which holds its data elsewhere.
    expect(await opened(trial, (await sealed(trial)).replace(/~2$/, ''))).toEqual({})
  })

  test.each([
    [
      'one character of each part changed',
      (parts: string[]) =>
        parts.map((_, i) =>
          parts.map((part, j) => (i === j ? `${part.slice(0, -1)}${part.endsWith('a') ? 'b' : 'a'}` : part)),
        ),
    ],
    ['one part left out', (parts: string[]) => parts.map((_, i) => parts.filter((__, j) => i !== j))],
    ['one part empty', (parts: string[]) => parts.map((_, i) => parts.map((part, j) => (i === j ? '' : part)))],
    [
      'one part too many',
      (parts: string[]) => [
        [...parts.slice(0, 4), 'x', ...parts.slice(4)],
        ['x', ...parts],
      ],
    ],
    [
      'one part that is no base64url',
      (parts: string[]) => parts.map((_, i) => parts.map((part, j) => (i === j ? '!!' : part))),
    ],
  ])('is what a seal with %s holds', async (_name, spoil) => {
    const trial = await openTrial()
    const faults: string[] = []
    for (const parts of spoil((await sealed(trial)).split('*'))) {
      const flow = await opened(trial, parts.join('*')).catch((error: unknown) => error)
      if (JSON.stringify(flow) !== '{}' || flow instanceof Error)
        faults.push(`${parts.map((part) => part.slice(-6)).join('*')} → ${String(flow)}`)
    }
    expect(faults).toEqual([])
  })

  test.each([
    'garbage',
    'Fe26.2',
    'Fe26.1**x*x*x*x*x*x~2',
    'a*b*c*d*e*f*g*h~2',
    '*'.repeat(7),
    '~2',
    'Fe26.2*1*salt*iv*data*0*salt*mac~2',
  ])('is what %j holds', async (value) => {
    const trial = await openTrial()
    expect(await opened(trial, value)).toEqual({})
  })
})

// Sign-in with another provider: whatever of its answer is wrong is refused, and no account is taken over.
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { findConnected, listConnected } from '../db/connected-accounts'
import { connectOwn, disconnectOwn } from './connected-accounts'
import { arriveFromProvider, beginWithProvider, redeemAttempt } from './provider-sign-in'
import { turnOn } from './testing/authenticator'
import { type Doctored, openDoctoredProvider } from './testing/doctored-provider'
import { disable, enrol, noCookies, password, sessionOf } from './testing/people'
import { refusalOf } from './testing/records'
import { ann, minute, openTrial, type Trial } from './testing/trial'

/** The provider's tokens tell the real time. */
const at = Date.now()
const email = 'ann@example.com'

const withProvider = async (kind: 'oidc' | 'github' = 'oidc') => {
  const doctored = await openDoctoredProvider(kind)
  const trial = await openTrial()
  return { doctored, trial: { ...trial, env: { ...trial.env, providers: [doctored.provider] } } as Trial }
}

const begin = (trial: Trial, userId: string | null = null) =>
  beginWithProvider(trial, 'acme', { userId, next: '/dashboard' }, ann, at)
type Begun = Awaited<ReturnType<typeof begin>>

/** What the browser brings back when all is well. */
const answerOf = ({ provider }: Doctored, { attempt }: Begun, changes: Record<string, string> = {}) =>
  `?${new URLSearchParams({ code: 'good', state: attempt.state, iss: provider.issuer, ...changes })}`

const comeBack = async (trial: Trial, doctored: Doctored, begun: Begun, changes: Record<string, string> = {}) => {
  doctored.claims = { nonce: begun.attempt.nonce, ...doctored.claims }
  return redeemAttempt(trial, 'acme', begun.attempt, answerOf(doctored, begun, changes), at)
}
const arrive = async (trial: Trial, doctored: Doctored) => {
  const { profile } = await comeBack(trial, doctored, await begin(trial))
  doctored.claims = {}
  return arriveFromProvider(trial, 'acme', profile, noCookies, ann, at)
}
const codeOf = async (refused: Promise<unknown>) => (await refusalOf(refused)).code

type Doctoring = (doctored: Doctored) => Record<string, string>
const says =
  (claims: Record<string, unknown>): Doctoring =>
  (doctored) => {
    doctored.claims = claims
    return {}
  }
const signs =
  (how: Doctored['state']['sign']): Doctoring =>
  (doctored) => {
    doctored.state.sign = how
    return {}
  }

describe('the way there', () => {
  test('asks with PKCE, state and nonce, and tells nobody the verifier before the end', async () => {
    const { doctored, trial } = await withProvider()
    const { attempt, url } = await begin(trial)
    const asked = Object.fromEntries(new URL(url).searchParams)
    expect(asked).toMatchObject({
      client_id: 'us',
      response_type: 'code',
      code_challenge_method: 'S256',
      state: attempt.state,
      nonce: attempt.nonce,
      redirect_uri: `${trial.env.APP_URL}/api/auth/oidc/acme/callback`,
    })
    expect(url).not.toContain(attempt.verifier)
    expect(url).not.toContain('shared')
    doctored.claims = { nonce: attempt.nonce }
    await redeemAttempt(trial, 'acme', attempt, answerOf(doctored, { attempt, url }), at)
    expect(doctored.state.verifiers).toEqual([attempt.verifier])
    expect((await begin(trial)).attempt.state).not.toBe(attempt.state)
  })

  test('to one that is not set up leads nowhere', async () => {
    const { trial } = await withProvider()
    expect(await codeOf(beginWithProvider(trial, 'other', { userId: null, next: '' }, ann, at))).toBe('not_found')
  })
})

describe('an answer', () => {
  test.each<[string, Doctoring]>([
    ['of another attempt', () => ({ state: 'x'.repeat(43) })],
    ['of another issuer (RFC 9207)', () => ({ iss: 'https://evil.example' })],
    ['whose code was used', () => ({ code: 'used' })],
    ['without a code', () => ({ error: 'server_error' })],
    ['with another nonce', says({ nonce: 'other' })],
    ['for another audience', says({ aud: 'them' })],
    ['of another issuer in the token', says({ iss: 'https://evil.example' })],
    ['whose token is old', says({ iat: 1000, exp: 2000 })],
    ['signed by another key', signs('other key')],
    ['not signed', signs('not at all')],
    ['without a subject', says({ sub: '' })],
  ])('%s is refused', async (_name, doctor) => {
    const { doctored, trial } = await withProvider()
    const begun = await begin(trial)
    const changes = doctor(doctored)
    expect(await codeOf(comeBack(trial, doctored, begun, changes))).toBe('provider_mismatch')
  })

  test('counts once, within ten minutes, in the browser that began, for that provider', async () => {
    const { doctored, trial } = await withProvider()
    const begun = await begin(trial)
    const search = answerOf(doctored, begun)
    const late = at + 10 * minute
    expect(await codeOf(redeemAttempt(trial, 'acme', undefined, search, at))).toBe('provider_mismatch')
    expect(await codeOf(redeemAttempt(trial, 'acme', begun.attempt, search, late))).toBe('provider_mismatch')
    const elsewhere = { ...begun.attempt, provider: 'other' }
    expect(await codeOf(redeemAttempt(trial, 'acme', elsewhere, search, at))).toBe('provider_mismatch')
    await comeBack(trial, doctored, begun)
    expect(await codeOf(comeBack(trial, doctored, begun))).toBe('provider_mismatch')
    expect(doctored.state.tokens).toBe(1)
  })

  test('that says no is told as that', async () => {
    const { doctored, trial } = await withProvider()
    const refused = comeBack(trial, doctored, await begin(trial), { error: 'access_denied' })
    expect(await codeOf(refused)).toBe('provider_denied')
  })

  test('of a provider that is away costs nothing but the try, and one that is slow keeps nobody', async () => {
    const { doctored, trial } = await withProvider()
    const begun = await begin(trial)
    doctored.state.down = true
    expect(await codeOf(comeBack(trial, doctored, begun))).toBe('provider_unavailable')
    doctored.state.down = false
    doctored.state.slow = true
    const began = performance.now()
    expect(await codeOf(comeBack(trial, doctored, await begin(trial)))).toBe('provider_unavailable')
    expect(performance.now() - began).toBeLessThan(15_000)
  }, 20_000)

  test('signed with a key that is new since a moment ago is believed', async () => {
    const { doctored, trial } = await withProvider()
    await comeBack(trial, doctored, await begin(trial))
    await doctored.rotateKey()
    doctored.claims = {}
    expect((await comeBack(trial, doctored, await begin(trial))).profile.subject).toBe('42')
  })
})

describe('somebody who is vouched for', () => {
  test('gets an account, and the same one the next time', async () => {
    const { doctored, trial } = await withProvider()
    const first = await arrive(trial, doctored)
    expect(first).toMatchObject({ admitted: true, signedIn: { user: { email }, session: { amr: ['fed'] } } })
    const again = await arrive(trial, doctored)
    if (!first.admitted || !again.admitted) throw new Error('Both were let in before')
    expect(again.signedIn.user.id).toBe(first.signedIn.user.id)
    expect(await trial.db.q.select().from(trial.db.t.users)).toHaveLength(1)
  })

  test('sixteen times at once gets one account', async () => {
    const { doctored, trial } = await withProvider()
    const { profile } = await comeBack(trial, doctored, await begin(trial))
    const done = await Promise.allSettled(
      Array.from({ length: 16 }, () => arriveFromProvider(trial, 'acme', profile, noCookies, ann, at)),
    )
    expect(done.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(await trial.db.q.select().from(trial.db.t.users)).toHaveLength(1)
    expect(await trial.db.q.select().from(trial.db.t.connectedAccounts)).toHaveLength(1)
  })

  test('K14 does not get an account that merely has the same address', async () => {
    const { doctored, trial } = await withProvider()
    const { user } = await enrol(trial, { email, password })
    expect(await codeOf(arrive(trial, doctored))).toBe('account_exists')
    expect(await listConnected(trial.db, user.id)).toEqual([])
  })

  test('by an address that is not verified gets none', async () => {
    const { doctored, trial } = await withProvider()
    doctored.claims = { email_verified: false }
    expect(await codeOf(arrive(trial, doctored))).toBe('address_unverified')
    expect(await trial.db.q.select().from(trial.db.t.users)).toEqual([])
  })

  test('MF07 is asked for the second factor, and not let in where the account is switched off', async () => {
    const { doctored, trial } = await withProvider()
    const first = await arrive(trial, doctored)
    if (!first.admitted) throw new Error('They were let in before')
    const app = await turnOn(trial, first.signedIn, at)
    expect(await arrive(trial, doctored)).toMatchObject({ admitted: false, pending: { amr: ['fed'] } })
    disable(trial, { user: app.user }, at)
    expect(await codeOf(arrive(trial, doctored))).toBe('provider_denied')
  })

  test('by GitHub is who its API says, by the primary address if that is verified', async () => {
    const { doctored, trial } = await withProvider('github')
    const begun = await begin(trial)
    expect(new URL(begun.url).pathname).toBe('/login/oauth/authorize')
    const back = (next: Begun) =>
      redeemAttempt(trial, 'acme', next.attempt, `?code=good&state=${next.attempt.state}`, at)
    expect((await back(begun)).profile).toEqual({ subject: '42', email, name: 'ann' })
    const named = async (iss: string) => (await comeBack(trial, doctored, await begin(trial), { iss })).profile
    expect(await named(`${doctored.provider.issuer}/login/oauth`)).toEqual({ subject: '42', email, name: 'ann' })
    for (const foreign of [doctored.provider.issuer, 'https://evil.example/login/oauth'])
      expect(await codeOf(named(foreign))).toBe('provider_mismatch')
    doctored.github.emails = [{ email, primary: true, verified: false }]
    expect((await back(await begin(trial))).profile.email).toBeNull()
    doctored.github.user = { message: 'Bad credentials' }
    expect(await codeOf(back(await begin(trial)))).toBe('provider_mismatch')
  })
})

describe('Microsoft with people of every tenant', () => {
  const entra = 'https://login.microsoftonline.com'
  const tenant = '9122040d-6c67-4c5b-b112-36a304b66dad'
  const withEntra = async () => {
    const { doctored, trial } = await withProvider()
    const { provider, metadata } = doctored
    const [there, here] = [`${entra}/common/v2.0`, provider.issuer]
    provider.issuer = there
    Object.assign(metadata, {
      issuer: `${entra}/{tenantid}/v2.0`,
      authorization_response_iss_parameter_supported: undefined,
    })
    // The one host that openid-client knows for this is nowhere to be had in a test.
    const real = fetch
    const reach = (url: Parameters<typeof fetch>[0], init?: RequestInit) => real(String(url).replace(there, here), init)
    vi.stubGlobal('fetch', reach)
    onTestFinished(() => void vi.unstubAllGlobals())
    const answer = async (claims: Record<string, unknown>) => {
      const begun = await begin(trial)
      doctored.claims = { nonce: begun.attempt.nonce, ...claims }
      return redeemAttempt(trial, 'acme', begun.attempt, `?code=good&state=${begun.attempt.state}`, at)
    }
    return { answer }
  }

  test('each token may name its own tenant as its issuer, and no other', async () => {
    const { answer } = await withEntra()
    const own = { tid: tenant, iss: `${entra}/${tenant}/v2.0` }
    for (let turn = 0; turn < 2; turn++) expect((await answer(own)).profile.subject).toBe('42')
    for (const wrong of [
      { ...own, tid: 'another' },
      { ...own, iss: `${entra}/{tenantid}/v2.0` },
      { ...own, iss: `https://evil.example/${tenant}/v2.0` },
    ])
      expect(await codeOf(answer(wrong))).toBe('provider_mismatch')
  })
})

describe('a connected account', () => {
  const profile = { subject: '42', email: 'ann@acme.example', name: 'Ann' }
  const withAnn = async (how: { password?: string } = { password }) => {
    const { trial } = await withProvider()
    const person = await enrol(trial, { email, ...how })
    return { trial, holder: { user: person.user, session: await sessionOf(trial, person.sid) } }
  }

  test('signs in whoever connected it, is one person’s, and one of a provider', async () => {
    const { trial, holder } = await withAnn()
    await connectOwn(trial, holder, 'acme', profile, ann, at)
    expect((await findConnected(trial.db, 'acme', '42'))?.user.id).toBe(holder.user.id)
    expect(trial.mails).toMatchObject([{ to: email, subject: 'Acme was connected' }])
    const bob = await enrol(trial)
    const his = { user: bob.user, session: await sessionOf(trial, bob.sid) }
    expect(await codeOf(connectOwn(trial, his, 'acme', profile, ann, at))).toBe('already_connected')
    const another = { ...profile, subject: '43' }
    expect(await codeOf(connectOwn(trial, holder, 'acme', another, ann, at))).toBe('already_connected')
  })

  test('is disconnected with all other sessions, unless it is the last way in', async () => {
    const { trial, holder } = await withAnn()
    await connectOwn(trial, holder, 'acme', profile, ann, at)
    expect(await codeOf(disconnectOwn(trial, holder, 'other', ann, at))).toBe('not_found')
    const issued = await disconnectOwn(trial, holder, 'acme', ann, at)
    expect(issued.session.id).not.toBe(holder.session.id)
    expect(await listConnected(trial.db, holder.user.id)).toEqual([])
    const alone = await withAnn({})
    await connectOwn(alone.trial, alone.holder, 'acme', profile, ann, at)
    expect(await codeOf(disconnectOwn(alone.trial, alone.holder, 'acme', ann, at))).toBe('last_way_in')
  })
})

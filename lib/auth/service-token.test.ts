// Tokens for services: what they say, for how long, and that nothing of ours takes one in a cookie.

import { jwtVerify } from 'jose/jwt/verify'
import { importJWK } from 'jose/key/import'
import { describe, expect, test } from 'vitest'
import { algorithms } from '../core/algorithms'
import { publishAhead } from '../core/key-life'
import { checkSession } from './check-session'
import { audiencesOf, grantOfSession, mintServiceToken } from './service-token'
import { signOut } from './sign-out'
import { carrying, enrol, noCookies, type Person, sessionOf } from './testing/people'
import { refusalOf } from './testing/records'
import { ann, hour, joinTrial, openTrial, second, start, type Trial } from './testing/trial'

const billing = 'https://billing.example'

const withAnn = async (settings: Record<string, string> = {}) => {
  const trial = await openTrial({ SERVICE_AUDIENCES: `${billing}, urn:example:reports`, ...settings })
  return { trial, person: await enrol(trial) }
}
const ask = async (trial: Trial, { user, sid }: Person, audience: unknown, now = start) =>
  mintServiceToken(trial, grantOfSession({ user, session: await sessionOf(trial, sid) }), audience, now)

/** What a service does that has nothing of ours but the key set. */
const verifyAtService = async (trial: Trial, token: string, audience: string) => {
  const { jwks } = await trial.keys(start)
  const [jwk] = jwks.keys
  return jwtVerify(token, await importJWK(jwk ?? {}), {
    issuer: trial.env.JWT_ISSUER,
    audience,
    typ: 'at+jwt',
    currentDate: new Date(start),
  })
}

describe('a token for a service', () => {
  test('says all that RFC 9068 asks for, and by what the revocation list ends it', async () => {
    const { trial, person } = await withAnn()
    const { token, life } = await ask(trial, person, billing)
    expect(life).toBe(300)
    const { payload, protectedHeader } = await verifyAtService(trial, token, billing)
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) })
    expect(payload).toEqual({
      iss: trial.env.JWT_ISSUER,
      aud: billing,
      sub: person.user.id,
      client_id: 'handstamp',
      sid: person.sid,
      gen: 1,
      epoch: 0,
      jti: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      iat: start / second,
      exp: start / second + 300,
      auth_time: start / second,
      amr: ['pwd'],
      roles: ['user'],
    })
  })

  test('ends with its session, and is never older than the revocation list goes back', async () => {
    const { trial, person } = await withAnn()
    const end = start + 24 * hour
    expect((await ask(trial, person, billing, end - 100 * second)).life).toBe(100)
    const { trial: short, person: other } = await withAnn({ ACCESS_TTL: '1m' })
    expect((await ask(short, other, billing)).life).toBe(60)
    const { trial: long, person: third } = await withAnn({ ACCESS_TTL: '15m' })
    expect((await ask(long, third, billing)).life).toBe(300)
  })

  test('is for one of the audiences that are set, or for ourselves', async () => {
    const { trial, person } = await withAnn()
    expect(audiencesOf(trial.env)).toEqual([trial.env.JWT_AUDIENCE, billing, 'urn:example:reports'])
    for (const audience of audiencesOf(trial.env)) expect((await ask(trial, person, audience)).life).toBe(300)
  })

  test.each([
    [undefined],
    [null],
    [''],
    ['https://evil.example'],
    [`${billing}/`],
    ['https://BILLING.example'],
    [[billing]],
    [`${billing} urn:example:reports`],
    [{ 0: billing }],
    ['lab'],
  ])('is not to be had for %j', async (audience) => {
    const { trial, person } = await withAnn()
    expect((await refusalOf(ask(trial, person, audience))).code).toBe('invalid_target')
  })

  test('opens nothing as a cookie, also when it is for ourselves, and ends nothing there', async () => {
    const { trial, person } = await withAnn()
    for (const [audience, reason] of [
      [billing, 'aud'],
      [trial.env.JWT_AUDIENCE, 'wrong_carrier'],
    ]) {
      const carried = carrying({ access: (await ask(trial, person, audience)).token })
      expect(await checkSession(trial, carried, start)).toEqual({ ok: false, reason })
      await signOut(trial, carried, ann, start)
    }
    expect((await sessionOf(trial, person.sid)).endedAt).toBeNull()
  })

  test.each(algorithms.filter((alg) => alg !== 'HS256'))(
    'of %s can be verified by a service, also while our own are encrypted',
    async (JWT_ALG) => {
      const { trial, person } = await withAnn({ JWT_ALG, TOKEN_ENCRYPTION: 'on' })
      const { token } = await ask(trial, person, billing)
      expect((await verifyAtService(trial, token, billing)).protectedHeader.alg).toBe(JWT_ALG)
      const { token: own } = await ask(trial, person, trial.env.JWT_AUDIENCE)
      expect(await checkSession(trial, { ...noCookies, bearer: own }, start)).toMatchObject({ ok: true })
    },
  )

  test('is not made with the derived key that still signs after a change from HS256', async () => {
    const { trial: old, person } = await withAnn({ JWT_ALG: 'HS256', SERVICE_AUDIENCES: '' })
    expect((await ask(old, person, old.env.JWT_AUDIENCE)).life).toBe(300)
    const trial = await joinTrial(old.dataDir, { SERVICE_AUDIENCES: billing })
    const changed = start + second
    const early = await refusalOf(ask(trial, person, billing, changed))
    expect([early.code, early.details.retryAfter]).toEqual(['temporarily_unavailable', publishAhead / second])
    expect((await ask(trial, person, billing, changed + publishAhead)).life).toBe(300)
  })
})

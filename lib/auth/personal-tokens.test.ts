// Personal access tokens: shown once, kept by their hashes, exchanged until they are over.
import { describe, expect, test } from 'vitest'
import { readCarriedByHandler } from '../core/carriers'
import { hashSid } from '../core/revocations'
import { checkPersonalToken } from './check-personal-token'
import { checkSession } from './check-session'
import { grantOfPersonalToken, listOwnTokens, makePersonalToken, revokeOwnToken } from './personal-tokens'
import { readSnapshot } from './revocations'
import { mintServiceToken } from './service-token'
import { sweep } from './sweep'
import { carrying, disable, enrol, type Person, raiseEpoch, sessionOf } from './testing/people'
import { auditNames, auditRows, refusalOf } from './testing/records'
import { ann, day, mallory, openTrial, second, start, type Trial } from './testing/trial'

const billing = 'https://billing.example'
const wish = { name: 'nightly', audience: billing, days: 30 }

const withAnn = async () => {
  const trial = await openTrial({ SERVICE_AUDIENCES: billing })
  return { trial, person: await enrol(trial) }
}
const holderOf = async (trial: Trial, { user, sid }: Person) => ({ user, session: await sessionOf(trial, sid) })
const make = async (trial: Trial, person: Person, changes: Partial<typeof wish> = {}, now = start) =>
  makePersonalToken(trial, await holderOf(trial, person), { ...wish, ...changes }, ann, now)
const exchange = async (trial: Trial, secret: string, audience: unknown = billing, now = start) =>
  mintServiceToken(trial, await grantOfPersonalToken(trial, secret, audience, ann, now), audience, now)
const sending = (token: string) => readCarriedByHandler(new Headers({ authorization: `Bearer ${token}` }), false)

describe('a personal access token', () => {
  test('is random, and nothing that is kept or noted holds it', async () => {
    const { trial, person } = await withAnn()
    const { secret, token } = await make(trial, person)
    expect(secret).toMatch(/^hsp_[A-Za-z0-9_-]{43}$/)
    expect((await make(trial, person)).secret).not.toBe(secret)
    expect(token).toMatchObject({ name: 'nightly', audience: billing, expiresAt: start + 30 * day, lastUsedAt: null })
    const kept = JSON.stringify([token, await listOwnTokens(trial, await holderOf(trial, person)), auditRows(trial)])
    expect(kept).not.toContain(secret)
    expect(kept).not.toContain(secret.slice(4))
    expect(auditNames(trial)).toEqual(['token_made', 'token_made'])
  })

  test('is told to its owner by mail, by its name alone', async () => {
    const { trial, person } = await withAnn()
    const { secret } = await make(trial, person)
    expect(trial.mails).toMatchObject([{ to: person.user.email, subject: 'A personal access token was made' }])
    expect(trial.mails[0]?.text).toContain('“nightly”')
    expect(JSON.stringify(trial.mails)).not.toContain(secret)
  })

  test('is exchanged for a token of its own audience, whose sid is its id, and its use is noted', async () => {
    const { trial, person } = await withAnn()
    const { secret, token } = await make(trial, person)
    const later = start + 10 * day
    const { token: jwt, life } = await exchange(trial, secret, billing, later)
    expect(life).toBe(300)
    expect(JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      aud: billing,
      sub: person.user.id,
      client_id: token.id,
      sid: token.id,
      amr: ['pat'],
      auth_time: start / second,
      roles: ['user'],
    })
    expect(await listOwnTokens(trial, await holderOf(trial, person))).toMatchObject([{ lastUsedAt: later }])
    for (const audience of [trial.env.JWT_AUDIENCE, null, 'https://evil.example', [billing]])
      expect((await refusalOf(exchange(trial, secret, audience))).code).toBe('invalid_target')
  })

  test('gives no token that outlives it', async () => {
    const { trial, person } = await withAnn()
    const { secret, token } = await make(trial, person, { days: 1 })
    expect((await exchange(trial, secret, billing, token.expiresAt - 20 * second)).life).toBe(20)
  })

  test('is refused in one way whatever is wrong, and its owner is told of a dead one', async () => {
    const { trial, person } = await withAnn()
    const { secret, token } = await make(trial, person, { days: 1 })
    const other = await make(trial, person)
    await revokeOwnToken(trial, await holderOf(trial, person), other.token.id, ann, start)
    const wrong: [secret: string, now?: number][] = [
      [`hsp_${'A'.repeat(43)}`],
      ['hsp_'],
      [secret.slice(0, -1)],
      [`${secret}A`],
      [token.id],
      [token.tokenHash],
      [secret, token.expiresAt],
      [other.secret],
      [other.secret],
    ]
    for (const [text, now] of wrong)
      expect((await refusalOf(exchange(trial, text, billing, now))).code).toBe('unauthenticated')
    const told = auditRows(trial).filter(({ event, userId }) => event === 'token_used_wrong' && userId !== null)
    expect(told.map(({ detail }) => detail)).toEqual([{ tokenId: token.id }, { tokenId: other.token.id }])
    await disable(trial, person, start)
    expect((await refusalOf(exchange(trial, secret))).code).toBe('unauthenticated')
  })

  test('outlives a change of password and the end of all sessions', async () => {
    const { trial, person } = await withAnn()
    const { secret } = await make(trial, person)
    raiseEpoch(trial, person)
    expect((await exchange(trial, secret)).life).toBe(300)
  })

  test('that is wrong a hundred times from one network is refused unseen; a good one is not', async () => {
    const { trial, person } = await withAnn()
    const { secret } = await make(trial, person)
    const guess = () => refusalOf(grantOfPersonalToken(trial, `hsp_${'A'.repeat(43)}`, billing, mallory, start))
    for (let i = 0; i < 100; i++) expect((await guess()).code).toBe('unauthenticated')
    expect((await guess()).code).toBe('rate_limited')
    expect((await grantOfPersonalToken(trial, secret, billing, mallory, start)).user.id).toBe(person.user.id)
  })

  test('is for a service that is listed, and there are twenty at most', async () => {
    const { trial, person } = await withAnn()
    const refused = await refusalOf(make(trial, person, { audience: 'https://evil.example' }))
    expect([refused.code, Object.keys(refused.details.errors ?? {})]).toEqual(['invalid_fields', ['audience']])
    const made = await Promise.allSettled(Array.from({ length: 25 }, () => make(trial, person)))
    const good = made.filter(({ status }) => status === 'fulfilled').length
    expect(good).toBeLessThanOrEqual(20)
    for (let i = good; i < 20; i++) await make(trial, person)
    expect((await refusalOf(make(trial, person))).code).toBe('invalid_fields')
  })

  test('is revoked by its owner, twice is no error, and is then on the revocation list', async () => {
    const { trial, person } = await withAnn()
    const { token } = await make(trial, person)
    const bob = await enrol(trial)
    for (const id of [token.id, 'AAECAwQFBgcICQoLDA0ODw'])
      expect((await refusalOf(revokeOwnToken(trial, await holderOf(trial, bob), id, ann, start))).code).toBe(
        'not_found',
      )
    for (let i = 0; i < 2; i++) await revokeOwnToken(trial, await holderOf(trial, person), token.id, ann, start)
    expect(auditNames(trial)).toEqual(['token_made', 'token_revoked'])
    expect([...(await readSnapshot(trial, start)).sids]).toEqual([await hashSid(token.id)])
    await sweep(trial, start + 31 * day)
    expect(await trial.db.q.select().from(trial.db.t.personalTokens)).toEqual([])
  })
})

describe('a script that asks ourselves', () => {
  const withScript = async (days = 30, now = start) => {
    const { trial, person } = await withAnn()
    const { secret, token } = await make(trial, person, { audience: trial.env.JWT_AUDIENCE, days })
    return { trial, person, token, jwt: (await exchange(trial, secret, trial.env.JWT_AUDIENCE, now)).token }
  }
  const ask = (trial: Trial, jwt: string, now = start) => checkPersonalToken(trial, sending(jwt), now)

  test('is its user where scripts are let in, and nobody where a session is asked for', async () => {
    const { trial, person, token, jwt } = await withScript()
    expect(await ask(trial, jwt)).toMatchObject({ user: { id: person.user.id }, personalToken: { id: token.id } })
    expect(await checkSession(trial, sending(jwt), start)).toEqual({ ok: false, reason: 'unknown_session' })
  })

  test('is let in with a token of half a year, too', async () => {
    const late = start + 180 * day
    const { trial, person, jwt } = await withScript(365, late)
    expect(await ask(trial, jwt, late)).toMatchObject({ user: { id: person.user.id } })
    // From memory the second time.
    expect(await ask(trial, jwt, late)).toMatchObject({ user: { id: person.user.id } })
  })

  test('is nobody beside cookies, and with its token in a cookie', async () => {
    const { trial, person, jwt } = await withScript()
    for (const carried of [
      { ...carrying(person.tokens), bearer: jwt },
      carrying({ access: jwt }),
      carrying({ access: jwt, refresh: person.tokens.refresh }),
    ])
      expect(await checkPersonalToken(trial, carried, start)).toBeNull()
  })

  const ends: [string, (trial: Trial, person: Person, id: string) => unknown][] = [
    ['revoked', async (trial, person, id) => revokeOwnToken(trial, await holderOf(trial, person), id, ann, start)],
    ['its user’s who is disabled', (trial, person) => disable(trial, person, start)],
    ['of an epoch that is over', (trial, person) => raiseEpoch(trial, person)],
  ]
  test.each(ends)('is nobody at once when its token is %s', async (_, end) => {
    const { trial, person, token, jwt } = await withScript()
    await end(trial, person, token.id)
    expect(await ask(trial, jwt)).toBeNull()
  })
})

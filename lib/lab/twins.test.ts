// Twins are like the token in all but what makes it one: the app's verifier refuses each of them.
import { expect, test } from 'vitest'
import { checkSession } from '../auth/check-session'
import { carrying, enrol, noCookies } from '../auth/testing/people'
import { openTrial, start } from '../auth/testing/trial'
import { verifyAccessToken } from '../core/token'
import { makeTwins, twinKinds, twinLife } from './twins'

test.each(['off', 'on'])('no twin opens anything, with TOKEN_ENCRYPTION %s', async (TOKEN_ENCRYPTION) => {
  const trial = await openTrial({ TOKEN_ENCRYPTION })
  const { tokens } = await enrol(trial)
  const checked = await checkSession(trial, carrying(tokens), start)
  if (!checked.ok) throw new Error(checked.reason)
  const { keyring } = await trial.keys(start)
  const twins = await makeTwins(checked.claims, start)
  expect(twins.map(({ kind }) => kind)).toEqual(twinKinds)
  for (const { kind, text, makes, checks } of twins) {
    expect([kind, makes > 0, checks > 0]).toEqual([kind, true, true])
    expect((await verifyAccessToken(text, keyring, trial.expected, start)).ok).toBe(false)
    for (const carried of [carrying({ access: text }), { ...noCookies, bearer: text }])
      expect((await checkSession(trial, carried, start)).ok).toBe(false)
  }
  const [es256] = twins
  const claims = JSON.parse(Buffer.from(es256?.text.split('.')[1] ?? '', 'base64url').toString())
  expect(claims.sid).toHaveLength(checked.claims.sid.length)
  expect([claims.sid, claims.jti]).not.toContain(checked.claims.sid)
  expect(claims.jti).not.toBe(checked.claims.jti)
  expect(claims).toMatchObject({ aud: 'lab', sub: checked.claims.sub, exp: start / 1000 + twinLife })
})

import { expect, test } from 'vitest'
import { isRevoked } from '../core/revocations'
import { checkSession } from './check-session'
import { countEverybody, endEverybody } from './end-everybody'
import { refreshSession } from './refresh'
import { readSnapshot } from './revocations'
import { carrying, enrol, noCookies, password } from './testing/people'
import { signIn } from './testing/sign-in'
import { ann, openTrial, second, start } from './testing/trial'

test('S14 everybody’s sessions end with one write, at the edge by one line, and whoever signs in again is in', async () => {
  const trial = await openTrial()
  const people = [await enrol(trial, { email: 'ann@example.com', password }), await enrol(trial)]
  expect(await countEverybody(trial, start)).toBe(2)
  const at = start + second
  await endEverybody(trial, at)
  expect(await countEverybody(trial, at)).toBe(0)
  const snapshot = await readSnapshot(trial, at)
  expect(snapshot).toMatchObject({ notBefore: at / 1000, sequence: 1 })
  for (const { tokens, user, sid } of people) {
    expect(await checkSession(trial, carrying(tokens), at)).toEqual({ ok: false, reason: 'all_ended' })
    expect(await refreshSession(trial, tokens.refresh, ann, at)).toEqual({ ok: false, reason: 'admin' })
    expect(await isRevoked(snapshot, { sub: user.id, sid, epoch: 1, iat: start / 1000 })).toBe(true)
  }
  const again = await signIn(trial, { email: 'ann@example.com', password, remember: false }, noCookies, ann, at)
  expect(await checkSession(trial, carrying(again.tokens), at)).toMatchObject({ ok: true })
  await endEverybody(trial, at + second)
  expect(await checkSession(trial, carrying(again.tokens), at + second)).toEqual({ ok: false, reason: 'all_ended' })
})

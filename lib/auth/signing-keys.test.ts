// An operator's work on signing keys: a rotation that nobody notices, and a key taken out of use at once.
import { describe, expect, test } from 'vitest'
import { publishAhead } from '../core/key-life'
import { listKeys } from '../db/signing-keys'
import { checkSession } from './check-session'
import { refreshSession } from './refresh'
import { countSignedBy, listSigningKeys, retireSigningKey, rotateSigningKey } from './signing-keys'
import { sweep } from './sweep'
import { carrying, enrol } from './testing/people'
import { ann, day, hour, joinTrial, minute, openTrial, second, start, type Trial } from './testing/trial'

const kidsOf = (jwks: { keys: Record<string, unknown>[] }) => jwks.keys.map(({ kid }) => kid)
const stateOf = async (trial: Trial, kid: string) =>
  (await listSigningKeys(trial)).find((key) => key.kid === kid)?.state

describe('a rotation', () => {
  test('publishes a key for two minutes before it signs, in every process', async () => {
    const one = await openTrial()
    const other = await joinTrial(one.dataDir)
    const first = (await one.keys(start)).signing.kid
    await other.keys(start)
    const rotated = await rotateSigningKey(one, start)
    if (!rotated.ok) throw new Error(rotated.reason)
    expect(rotated.signsAt).toBe(start + publishAhead)
    // Asked twice, it is the same key.
    expect(await rotateSigningKey(other, start + second)).toEqual(rotated)
    for (const { keys } of [one, other]) {
      const between = await keys(start + publishAhead - second)
      expect(between.signing.kid).toBe(first)
      expect(kidsOf(between.jwks).sort()).toEqual([first, rotated.kid].sort())
    }
    const later = start + publishAhead + 10 * second
    const signing = await Promise.all([one, other].map(async ({ keys }) => (await keys(later)).signing.kid))
    expect(signing).toEqual([rotated.kid, rotated.kid])
    expect(kidsOf((await one.keys(later)).jwks)).toContain(first)
  })

  test('comes by itself after KEY_ROTATION, also where only the sweep comes by', async () => {
    const trial = await openTrial({ KEY_ROTATION: '7d' })
    const first = (await trial.keys(start)).signing.kid
    await sweep(trial, start + 7 * day - publishAhead)
    await sweep(trial, start + 7 * day)
    expect((await trial.keys(start + 7 * day)).signing.kid).not.toBe(first)
    await sweep(trial, start + 7 * day + 10 * minute)
    expect(await stateOf(trial, first)).toBe('retired')
  })

  test('by eight processes at once comes to one key', async () => {
    const { dataDir, keys } = await openTrial()
    await keys(start)
    const processes = await Promise.all(Array.from({ length: 8 }, () => joinTrial(dataDir)))
    for (const at of [30 * day - publishAhead, 30 * day - publishAhead + minute, 30 * day, 30 * day + minute])
      await Promise.all(processes.map((trial) => trial.keys(start + at)))
    const signing = await Promise.all(
      processes.map(async (trial) => (await trial.keys(start + 30 * day + minute)).signing),
    )
    expect(new Set(signing.map(({ kid }) => kid)).size).toBe(1)
    const [trial] = processes
    if (!trial) throw new Error('There is no process')
    expect((await listSigningKeys(trial)).map(({ state }) => state).sort()).toEqual(['active', 'retiring'])
  })

  test('refuses no good token while three keys follow one another', async () => {
    const trial = await openTrial({ KEY_ROTATION: '10m', ACCESS_TTL: '20m' })
    let at = start
    let person = await enrol(trial)
    const held: { tokens: (typeof person)['tokens']; until: number }[] = []
    const signers = new Set<string>()
    while (signers.size < 4) {
      const { signing } = await trial.keys(at)
      signers.add(signing.kid)
      const answer = await refreshSession(trial, person.tokens.refresh, ann, at)
      if (!answer.ok) throw new Error(`refused: ${answer.reason}`)
      person = { ...person, tokens: answer.tokens }
      held.push({ tokens: answer.tokens, until: at + 45 * second })
      for (const { tokens, until } of held) {
        if (until > at) expect(await checkSession(trial, carrying(tokens), at)).toMatchObject({ ok: true })
      }
      at += 20 * second
      if (at > start + 2 * hour) throw new Error('There was no third rotation')
    }
  })

  test('when the disk is full can wait: the key that signs goes on', async () => {
    const trial = await openTrial()
    const { signing } = await trial.keys(start)
    trial.db.driver.pragma('query_only = ON')
    expect((await trial.keys(start + 40 * day)).signing.kid).toBe(signing.kid)
  })

  test('leaves no private part behind when a key is retired', async () => {
    const trial = await openTrial()
    const { signing } = await trial.keys(start)
    await retireSigningKey(trial, signing.kid, start)
    expect((await listKeys(trial.db))[0]).toMatchObject({ state: 'retired', sealedPrivateJwk: '' })
  })
})

describe('a key that is retired at once', () => {
  test('signs and verifies nothing more, and whoever held its tokens is refreshed', async () => {
    const trial = await openTrial()
    const person = await enrol(trial)
    const { signing } = await trial.keys(start)
    expect(await countSignedBy(trial, signing.kid, start + minute)).toBe(1)
    expect(await countSignedBy(trial, signing.kid, start + hour - minute)).toBe(0)
    expect(await retireSigningKey(trial, signing.kid, start + minute)).toEqual({ ok: true })
    const at = start + 2 * minute
    const { jwks, signing: next } = await trial.keys(at)
    expect(next.kid).not.toBe(signing.kid)
    expect(kidsOf(jwks)).toEqual([next.kid])
    expect(await checkSession(trial, carrying(person.tokens), at)).toEqual({ ok: false, reason: 'unknown_kid' })
    const answer = await refreshSession(trial, person.tokens.refresh, ann, at)
    if (!answer.ok) throw new Error(`refused: ${answer.reason}`)
    expect(await checkSession(trial, carrying(answer.tokens), at)).toMatchObject({ ok: true })
  })

  test('is named, and retired once', async () => {
    const trial = await openTrial()
    const { signing } = await trial.keys(start)
    expect(await retireSigningKey(trial, 'nobody', start)).toEqual({ ok: false, reason: 'unknown' })
    await retireSigningKey(trial, signing.kid, start)
    expect(await retireSigningKey(trial, signing.kid, start)).toEqual({ ok: false, reason: 'retired' })
    expect(await countSignedBy(trial, signing.kid, start)).toBe(0)
  })

  test('is not an HS256 key that would come again', async () => {
    const trial = await openTrial({ JWT_ALG: 'HS256' })
    const { signing } = await trial.keys(start)
    expect(await retireSigningKey(trial, signing.kid, start)).toEqual({ ok: false, reason: 'current' })
    expect(await rotateSigningKey(trial, start)).toEqual({ ok: false, reason: 'derived' })
  })
})

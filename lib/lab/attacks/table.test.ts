import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { algorithms } from '../../core/algorithms'
import type { Means } from './attack'
import { groups } from './attack'
import { expectedOfLab, judge } from './judge'
import { naiveVerifiers } from './naive'
import { attacks, findAttack } from './table'
import { fools, type World } from './testing/weak'
import { type Issuer, meansAgainst, openIssuer, worldOf } from './testing/world'

const seconds = Math.floor(Date.now() / 1000)
const origin = 'https://app.example'

let issuer: Issuer
let means: Means
let world: World
beforeAll(async () => {
  issuer = await openIssuer(origin, seconds)
  means = await meansAgainst(issuer, seconds)
  world = await worldOf(issuer, means.lab.keyring, seconds)
})

describe('the table', () => {
  test('has more than thirty attacks, each with a name of its own, and every group and naive verifier in use', () => {
    expect(attacks.length).toBeGreaterThan(30)
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length)
    expect(new Set(attacks.map(({ title }) => title)).size).toBe(attacks.length)
    expect([...new Set(attacks.map(({ group }) => group))].sort()).toEqual(Object.keys(groups).sort())
    expect([...new Set(attacks.map(({ naive }) => naive))].sort()).toEqual(Object.keys(naiveVerifiers).sort())
  })
  test('names an RFC with its section, or a CVE, and a test that exists', () => {
    for (const { id, source, test: file } of attacks) {
      expect(source, id).toMatch(/^(RFC \d{4} §[\d.]+|CVE-\d{4}-\d{4,})$/)
      expect(existsSync(file), `${id}: ${file}`).toBe(true)
    }
  })
  test('is as long as the README and the changelog say', () => {
    for (const file of ['README.md', 'CHANGELOG.md'])
      expect(readFileSync(file, 'utf8'), file).toContain(`${attacks.length} forged tokens`)
  })
  test('finds a row by its id, and nothing by a name that every object has', () => {
    expect(findAttack('A01-none')?.title).toBe('Signed by nobody')
    expect(findAttack('__proto__')).toBeUndefined()
  })
})

describe('against ES256', () => {
  test('the good token is accepted', async () => {
    expect(await judge({ cookies: [issuer.good] }, issuer.keyring, world.expected, seconds * 1000)).toBe('accepted')
  })
  test.each(attacks.map((attack) => [attack.id, attack] as const))(
    '%s is refused for its own reason',
    async (_, row) => {
      expect(await judge(await row.make(means), issuer.keyring, world.expected, seconds * 1000)).toBe(row.code)
    },
  )
  test.each(attacks.map((attack) => [attack.id, attack] as const))(
    '%s gets past the verifier it names',
    async (_, row) => {
      expect(await fools(row.naive, await row.make(means), world)).toBe(true)
    },
  )
  test.each(attacks.flatMap((row) => (row.labCode ? [[row.id, row, row.labCode] as const] : [])))(
    '%s is refused for what is wrong in it where the lab’s key is trusted',
    async (_, row, labCode) => {
      const { keyring } = means.lab
      const expected = expectedOfLab(means.target)
      expect(await judge(await row.make(means), keyring, expected, seconds * 1000)).toBe(labCode)
    },
  )
  test('a token of the lab’s key with nothing wrong in it is accepted there, and refused by the app', async () => {
    const { lab, target } = means
    const good = { cookies: [await lab.sign(JSON.stringify(lab.header), JSON.stringify(target.claims))] }
    expect(await judge(good, lab.keyring, expectedOfLab(target), seconds * 1000)).toBe('accepted')
    expect(await judge(good, issuer.keyring, world.expected, seconds * 1000)).toBe('unknown_kid')
  })
})

/** However the app is set up, nothing is accepted; for what differs from key to key. */
const setups = algorithms.flatMap((alg) => [false, true].map((sealed) => ({ alg, sealed })))

test.each(setups)('nothing is accepted with $alg, encrypted: $sealed', async ({ alg, sealed }) => {
  const own = await openIssuer(origin, seconds, alg, sealed)
  const at = await meansAgainst(own, seconds)
  const expected = { ...expectedOfLab(at.target), ...(sealed && { unsealWith: own.unsealWith }) }
  expect(await judge({ cookies: [own.good] }, own.keyring, expected, seconds * 1000)).toBe('accepted')
  for (const row of attacks)
    expect(await judge(await row.make(at), own.keyring, expected, seconds * 1000), row.id).not.toBe('accepted')
})

// The lab's ring of keys: whoever rotates it refuses no token that lives, and a key goes when its last token is dead.
import { expect, test } from 'vitest'
import { judgeRing, openRing, rotateRing, signInRing } from './lab-ring'

const start = 1_800_000_000_000
const turn = async (ring: Awaited<ReturnType<typeof openRing>>, now: number) => {
  const turned = await rotateRing(ring, now)
  if (!turned) throw new Error('too soon')
  return turned
}
const fates = async (ring: Awaited<ReturnType<typeof openRing>>, now: number) =>
  (await judgeRing(ring, now)).map(({ state, living, accepted }) => [state, living, accepted])

test('a rotation makes the next key sign, and what the old one has signed stays good until it ends', async () => {
  const before = await signInRing(await openRing(start), start)
  expect(await fates(before, start)).toEqual([
    ['active', 1, 1],
    ['next', 0, 0],
  ])
  const after = await signInRing(await turn(before, start + 1000), start + 1000)
  expect(await fates(after, start + 1000)).toEqual([
    ['retiring', 1, 1],
    ['active', 1, 1],
    ['next', 0, 0],
  ])
  expect((await fates(after, start + 119_000)).map(([state]) => state)).toEqual(['retiring', 'active', 'next'])
  expect(await fates(after, start + 121_000)).toEqual([
    ['retired', 0, 0],
    ['active', 0, 0],
    ['next', 0, 0],
  ])
})

test('however often it is rotated, no living token is refused', async () => {
  let ring = await openRing(start)
  for (let i = 0; i < 20; i++) {
    const now = start + i * 10_000
    ring = await turn(await signInRing(ring, now), now)
    for (const { living, accepted } of await judgeRing(ring, now)) expect(accepted).toBe(living)
  }
  const states = (await judgeRing(ring, start + 190_000)).map(({ state }) => state)
  expect(states.filter((state) => state === 'retired')).toHaveLength(2)
  expect(states.filter((state) => state === 'retiring')).toHaveLength(12)
})

test('two people who press at once rotate once', async () => {
  const ring = await turn(await openRing(start), start)
  expect(await rotateRing(ring, start + 9_999)).toBeNull()
  expect(await rotateRing(ring, start + 10_000)).toHaveLength(4)
})

// @vitest-environment edge-runtime
// Random histories of one session: an honest browser is not signed out, a thief who stays is found.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Jar, openSession, type Session } from './testing/session-simulator'

const grace = 30_000
const runs = { numRuns: 1000 }

const gap = fc.oneof(
  fc.integer({ min: 0, max: 2000 }),
  fc.integer({ min: 0, max: 90_000 }),
  fc.constantFrom(0, grace - 1, grace, grace + 1),
)
const lost = fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })
const prompt = fc.constantFrom(0, 1, 200)
const slow = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: grace - 1 }))

const stepWith = (late: fc.Arbitrary<number>) =>
  fc.record({ wait: gap, act: fc.constantFrom('refresh' as const, 'refresh' as const, 'use' as const), lost, late })
type Step = { wait: number; act: 'refresh' | 'use'; lost: boolean; late: number }

const take = (session: Session, jar: Jar, { wait, act, lost: isLost, late }: Step) => {
  session.wait(wait)
  if (act === 'use') session.use(jar)
  else session.refresh(jar, { lost: isLost, late })
}

describe('a history with nobody but one honest browser', () => {
  test('never ends the session while refreshes take turns, whatever is lost and however late answers come', () => {
    fc.assert(
      fc.property(fc.array(stepWith(fc.integer({ min: 0, max: 600_000 })), { maxLength: 60 }), (steps) => {
        const session = openSession(grace)
        const jar = { generation: 1 }
        for (const step of steps) {
          take(session, jar, step)
          session.settle()
        }
        expect(session.ending()).toBeNull()
      }),
      runs,
    )
  })

  test('never ends the session when many tabs ask at once and each answer comes promptly or never', () => {
    const burst = fc.record({
      wait: gap,
      answers: fc.array(fc.record({ lost, late: prompt }), { minLength: 1, maxLength: 20 }),
      used: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(burst, { maxLength: 20 }), (bursts) => {
        const session = openSession(grace)
        const jar = { generation: 1 }
        for (const { wait, answers, used } of bursts) {
          session.wait(wait)
          const before = session.row().generation
          for (const answer of answers) session.refresh(jar, answer)
          expect(session.row().generation - before).toBeLessThanOrEqual(1)
          session.settle()
          if (used) session.use(jar)
        }
        expect(session.ending()).toBeNull()
      }),
      runs,
    )
  })

  test('with tabs and late answers crossing, ends it only when an old answer came after its successor was in use', () => {
    fc.assert(
      fc.property(fc.array(stepWith(slow), { maxLength: 60 }), (steps) => {
        const session = openSession(grace)
        const jar = { generation: 1 }
        for (const step of steps) take(session, jar, step)
        const ending = session.ending()
        if (ending === null) return
        expect(ending.reason).toBe('reuse')
        expect(ending.usedSuccessor).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  test('never issues a generation that is ahead of the row, and never goes back', () => {
    fc.assert(
      fc.property(fc.array(stepWith(slow), { maxLength: 60 }), (steps) => {
        const session = openSession(grace)
        const jar = { generation: 1 }
        for (const step of steps) {
          const before = session.row()
          take(session, jar, step)
          const { generation, parent, confirmed } = session.row()
          const grows = generation >= before.generation && parent >= before.parent && confirmed >= before.confirmed
          expect(grows && parent < generation && confirmed <= generation && jar.generation <= generation).toBe(true)
        }
      }),
      runs,
    )
  })
})

describe('a history with a thief who stays active', () => {
  const turn = fc.record({ thief: fc.boolean(), wait: gap, lost, used: fc.boolean() })
  const longGap = fc.integer({ min: grace + 1, max: 400_000 })

  test('always ends in reuse once both have refreshed and used what they got, more than the grace apart', () => {
    const history = fc.record({
      before: fc.array(stepWith(prompt), { maxLength: 20 }),
      together: fc.array(turn, { maxLength: 20 }),
      gaps: fc.tuple(longGap, longGap, longGap),
      thiefFirst: fc.boolean(),
    })
    fc.assert(
      fc.property(history, ({ before, together, gaps, thiefFirst }) => {
        const session = openSession(grace)
        const owner = { generation: 1 }
        for (const step of before) {
          take(session, owner, step)
          session.settle()
        }
        const thief = { ...owner }
        const act = (jar: Jar, wait: number, isLost: boolean, used: boolean) => {
          session.wait(wait)
          session.refresh(jar, { lost: isLost, late: 0 })
          if (used) session.use(jar)
        }
        for (const step of together) act(step.thief ? thief : owner, step.wait, step.lost, step.used)
        for (const [at, wait] of gaps.entries()) act((at % 2 === 0) === thiefFirst ? thief : owner, wait, false, true)
        expect(session.ending()).toMatchObject({ reason: 'reuse' })
      }),
      runs,
    )
  })

  test('is found at the second refresh: the owner rotates and uses, the thief comes with the parent', () => {
    const session = openSession(grace)
    const owner = { generation: 1 }
    session.refresh(owner, { lost: false, late: 0 })
    session.use(owner)
    const thief = { ...owner }
    for (const jar of [owner, thief]) {
      session.wait(grace + 1)
      session.refresh(jar, { lost: false, late: 0 })
      session.use(jar)
    }
    expect(session.ending()).toMatchObject({ reason: 'reuse', presented: 2, usedSuccessor: true })
  })

  test('is not found while nobody has used the successor: that is what a lost answer looks like', () => {
    const session = openSession(grace)
    const owner = { generation: 1 }
    const thief = { ...owner }
    for (const jar of [owner, thief]) {
      session.wait(grace + 1)
      session.refresh(jar, { lost: false, late: 0 })
    }
    expect(session.ending()).toBeNull()
    // Both hold the successor now. The first to come back with it after the grace is the last to be believed.
    for (const jar of [thief, owner]) {
      session.wait(grace + 1)
      session.use(jar)
      session.refresh(jar, { lost: false, late: 0 })
      session.use(jar)
    }
    expect(session.ending()).toMatchObject({ reason: 'reuse', usedSuccessor: true })
  })
})

describe('tokens of a longer life than the grace and the slowest answer', () => {
  const life = 300_000
  const slowest = 20_000
  const ask = fc.record({
    wait: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 90_000 }), fc.constantFrom(grace + 1)),
    tabs: fc.array(fc.record({ lost, late: fc.integer({ min: 0, max: slowest }) }), { minLength: 1, maxLength: 12 }),
  })

  test('never end an honest session, however answers of many tabs are lost, late and crossing', () => {
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 60 }), (asks) => {
        const session = openSession(grace)
        const jar = { generation: 1, until: session.now() + life }
        for (const { wait, tabs } of asks) {
          session.wait(wait)
          // As browsers and the gate do: whoever holds a live access token uses it, whoever does not refreshes.
          for (const answer of tabs) {
            if (session.now() < jar.until) session.use(jar)
            else session.refresh(jar, answer, life)
          }
        }
        expect(session.ending()).toBeNull()
      }),
      { numRuns: 5000 },
    )
  })
})

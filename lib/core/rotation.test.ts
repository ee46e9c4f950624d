// @vitest-environment edge-runtime
// Each rule of design.md "Rotation" as a row.
import { describe, expect, test } from 'vitest'
import { decideRotation, firstLineage, isCurrentGeneration, type Lineage, type RotationDecision } from './rotation'

const grace = 30_000
const rotatedAt = 1_800_000_000_000
const row = (changes: Partial<Lineage> = {}): Lineage => ({
  generation: 5,
  parent: 4,
  confirmed: 4,
  rotatedAt,
  ...changes,
})
const within = rotatedAt + grace
const after = rotatedAt + grace + 1

const repeat = (next: Lineage): RotationDecision => ({ do: 'repeat', because: 'grace', next })
const startOver = (next: Lineage): RotationDecision => ({ do: 'repeat', because: 'lost', next })
const rotate = (next: Partial<Lineage>, at: number): RotationDecision => ({
  do: 'rotate',
  next: row({ ...next, rotatedAt: at }),
})
const reuse: RotationDecision = { do: 'end', reason: 'reuse' }
const ahead: RotationDecision = { do: 'end', reason: 'generation_ahead' }

const rules: [sentence: string, from: Lineage, presented: number, now: number, answer: RotationDecision][] = [
  [
    'the newest token within the grace is handed out again and confirmed',
    row(),
    5,
    within,
    repeat(row({ confirmed: 5 })),
  ],
  [
    'the newest token at the very moment of its rotation is handed out again',
    row(),
    5,
    rotatedAt,
    repeat(row({ confirmed: 5 })),
  ],
  [
    'the newest token after the grace is confirmed and replaced',
    row(),
    5,
    after,
    rotate({ generation: 6, parent: 5, confirmed: 5 }, after),
  ],
  [
    'the newest token, long confirmed, is replaced as well',
    row({ confirmed: 5 }),
    5,
    after,
    rotate({ generation: 6, parent: 5, confirmed: 5 }, after),
  ],
  ['confirming never goes back', row({ confirmed: 5 }), 5, within, repeat(row({ confirmed: 5 }))],
  ['the parent within the grace gets the successor byte for byte and changes nothing', row(), 4, within, repeat(row())],
  [
    'the parent within the grace gets the successor even when that is in use',
    row({ confirmed: 5 }),
    4,
    within,
    repeat(row({ confirmed: 5 })),
  ],
  [
    'the parent after the grace whose successor was never seen gets that successor, and the grace starts over',
    row(),
    4,
    after,
    startOver(row({ rotatedAt: after })),
  ],
  ['the parent after the grace whose successor is in use is reuse', row({ confirmed: 5 }), 4, after, reuse],
  ['the grandparent is reuse', row(), 3, after, reuse],
  ['the grandparent is reuse also within the grace', row(), 3, within, reuse],
  ['the first token of a long session is reuse', row(), 1, within, reuse],
  ['a generation that was never issued ends the session with an alarm', row(), 6, within, ahead],
  ['one far ahead as well', row(), 999_999_999, after, ahead],
  [
    'the first token is replaced at its first refresh',
    firstLineage,
    1,
    rotatedAt,
    { do: 'rotate', next: { generation: 2, parent: 1, confirmed: 1, rotatedAt } },
  ],
  ['generation 0 is reuse once there is a parent', row(), 0, within, reuse],
  [
    'a clock that went back counts as grace for the parent, not as theft',
    row({ confirmed: 5 }),
    4,
    rotatedAt - 3_600_000,
    repeat(row({ confirmed: 5 })),
  ],
  ['a clock that went back replaces nothing', row(), 5, rotatedAt - 3_600_000, repeat(row({ confirmed: 5 }))],
]

describe('rotation', () => {
  test.each(rules)('%s', (_, from, presented, now, answer) => {
    expect(decideRotation(from, presented, now, grace)).toEqual(answer)
  })

  test('J06 two refreshes in one millisecond are told apart by their generation, not by the time', () => {
    const first = decideRotation(row(), 5, after, grace)
    if (first.do !== 'rotate') throw new Error('the first must rotate')
    expect(decideRotation(first.next, 5, after, grace)).toEqual(repeat(first.next))
    expect(decideRotation(first.next, 6, after, grace)).toEqual(repeat({ ...first.next, confirmed: 6 }))
  })

  test('the row that was given is never changed', () => {
    const given = Object.freeze(row())
    for (const presented of [3, 4, 5, 6]) decideRotation(given, presented, after, grace)
    expect(given).toEqual(row())
  })

  test('J08 twenty tabs with one token: one rotation, one successor', () => {
    let lineage = row({ confirmed: 5 })
    const handedOut: number[] = []
    let rotations = 0
    for (let tab = 0; tab < 20; tab++) {
      const decision = decideRotation(lineage, 5, after + tab * 1000, grace)
      if (decision.do === 'end') throw new Error(`tab ${tab} ended the session`)
      if (decision.do === 'rotate') rotations++
      lineage = decision.next
      handedOut.push(lineage.generation)
    }
    expect(rotations).toBe(1)
    expect(new Set(handedOut)).toEqual(new Set([6]))
  })
})

describe('an access token', () => {
  test.each([
    ['of the newest generation', 5, true],
    ['of the parent', 4, true],
    ['of the grandparent', 3, false],
    ['of a generation to come', 6, false],
    ['of generation 0', 0, false],
  ])('%s may be used: %s → %s', (_, generation, current) => {
    expect(isCurrentGeneration(row(), generation)).toBe(current)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type NaiveName, naiveVerifiers } from './naive'
import { type Outcome, prepareRun, runAttack } from './run'
import { openSmith } from './smith'
import { attacks } from './table'
import { type Faults, openWeakServer, type WeakServer } from './testing/weak-server'
import { surfaces } from './verdicts'

let server: WeakServer
beforeAll(async () => {
  server = await openWeakServer()
})
afterAll(() => server.close())
beforeEach(() => {
  for (const surface of surfaces) delete server.faults[surface]
})

const weakAt = (faults: Faults) => Object.assign(server.faults, faults)
const everywhere = (naive: NaiveName): Faults => ({ edge: naive, page: naive, handler: naive, action: naive })

const prepare = async () => {
  const keys = openSmith().then((attacker) => ({ attacker, lab: server.lab }))
  return prepareRun({ origin: server.origin }, server.issuer.good, Date.now(), keys)
}
const run = async (of: (row: (typeof attacks)[number]) => boolean): Promise<Outcome[]> => {
  const prepared = await prepare()
  if (!prepared.ok) throw new Error(prepared.problem)
  const outcomes: Outcome[] = []
  for (const row of attacks.filter(of)) outcomes.push(await runAttack(prepared.aim, row))
  return outcomes
}
const all = (verdict: string) => Object.fromEntries(surfaces.map((surface) => [surface, verdict]))

describe('the runner', () => {
  test('finds nothing wrong with a server that looks as it must', async () => {
    const outcomes = await run(() => true)
    expect(outcomes.length).toBe(attacks.length)
    expect(outcomes.filter(({ faults }) => faults.length > 0)).toEqual([])
    for (const { surfaces: said } of outcomes) expect(said).toEqual(all('refused'))
  })

  test.each(Object.keys(naiveVerifiers) as NaiveName[])(
    'finds "%s" out, by every attack that names it',
    async (naive) => {
      weakAt(everywhere(naive))
      const outcomes = await run((row) => row.naive === naive)
      expect(outcomes.length).toBeGreaterThan(0)
      for (const { attack, surfaces: said, faults } of outcomes) {
        expect([attack.id, said]).toEqual([attack.id, all('accepted')])
        expect(faults).toEqual(['accepted by edge, page, handler, action'])
      }
    },
  )

  test.each(surfaces)('finds out that the %s alone is weak, and that the surfaces disagree', async (surface) => {
    weakAt({ [surface]: 'decodeOnly' })
    const [outcome] = await run(({ id }) => id === 'T01-roles')
    expect(outcome?.surfaces).toEqual({ ...all('refused'), [surface]: 'accepted' })
    const others = surfaces.filter((one) => one !== surface).join(', ')
    expect(outcome?.faults).toEqual([`accepted by ${surface}`, `the surfaces disagree: refused by ${others} only`])
  })

  test('takes an answer that is none for no refusal', async () => {
    weakAt({ handler: 'breaks' })
    const [outcome] = await run(({ id }) => id === 'T01-roles')
    expect(outcome?.surfaces).toEqual({ ...all('refused'), handler: 'error' })
    expect(outcome?.faults).toEqual([
      'no verdict from handler',
      'the surfaces disagree: refused by edge, page, action only',
    ])
  })

  test.each(surfaces)('does not begin where the %s refuses the good token', async (surface) => {
    weakAt({ [surface]: 'refuses-all' })
    const prepared = await prepare()
    expect(prepared).toEqual({ ok: false, problem: expect.stringContaining(`(refused: ${surface}; errors: none)`) })
  })

  test('does not begin with a token that is not good', async () => {
    const prepared = await prepareRun({ origin: server.origin }, `${server.issuer.good}x`, Date.now())
    expect(prepared).toEqual({ ok: false, problem: expect.stringContaining('refused: edge, page, handler, action') })
  })
})

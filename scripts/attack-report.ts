// What a run of the attacks has shown, for people, for programs (JSON) and for pipelines (JUnit).
import type { Outcome } from '../lib/lab/attacks/run'
import { surfaces, type Verdict } from '../lib/lab/attacks/verdicts'

const marks: Record<Verdict, string> = { refused: 'refused', accepted: 'ACCEPTED', error: 'ERROR' }

const width = 10
export const tableHead = `${'attack'.padEnd(24)}${surfaces.map((surface) => surface.padEnd(width)).join('')}required`

export const tableLine = ({ attack, surfaces: said, lab, faults }: Outcome): string => {
  const required = attack.labCode === undefined ? attack.code : `${attack.code}; lab: ${lab}`
  const line = `${attack.id.padEnd(24)}${surfaces.map((surface) => marks[said[surface]].padEnd(width)).join('')}${required}`
  return faults.length === 0 ? line : `${line}\n  !! ${attack.title}: ${faults.join('; ')}`
}

export type Counts = { attacks: number; accepted: number; disagreements: number; faulty: number }

export const countsOf = (outcomes: readonly Outcome[]): Counts => ({
  attacks: outcomes.length,
  accepted: outcomes.filter(({ surfaces: said }) => Object.values(said).includes('accepted')).length,
  disagreements: outcomes.filter(({ surfaces: said }) => new Set(Object.values(said)).size > 1).length,
  faulty: outcomes.filter(({ faults }) => faults.length > 0).length,
})

export const summaryOf = ({ attacks, accepted, disagreements, faulty }: Counts): string =>
  `${attacks} attacks at ${surfaces.length} surfaces: ${accepted} accepted, ${disagreements} disagreements. ` +
  (faulty === 0 ? 'All refused.' : `${faulty} NOT REFUSED AS THEY MUST BE.`)

export const jsonReport = (url: string, outcomes: readonly Outcome[]): string =>
  `${JSON.stringify(
    {
      url,
      ...countsOf(outcomes),
      rows: outcomes.map(({ attack, surfaces: said, lab, faults }) => ({
        id: attack.id,
        title: attack.title,
        made: attack.made,
        source: attack.source,
        required: { verdict: 'refused', code: attack.code, ...(attack.labCode && { labCode: attack.labCode }) },
        surfaces: said,
        ...(lab && { lab }),
        faults,
      })),
    },
    null,
    2,
  )}\n`

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const junitReport = (url: string, outcomes: readonly Outcome[]): string => {
  const { attacks, faulty } = countsOf(outcomes)
  const cases = outcomes.map(({ attack, faults }) => {
    const name = `<testcase classname="attacks.${attack.group}" name="${escaped(`${attack.id}: ${attack.title}`)}"`
    if (faults.length === 0) return `  ${name}/>`
    return `  ${name}>\n    <failure message="${escaped(faults.join('; '))}"/>\n  </testcase>`
  })
  const suite = `<testsuite name="attacks on ${escaped(url)}" tests="${attacks}" failures="${faulty}">`
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suite}\n${cases.join('\n')}\n</testsuite>\n`
}

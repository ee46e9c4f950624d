// What the four surfaces have said to one attack, what is wrong with it, and the short text in which a page is told.
import { attacks } from './table'

/** The four places at which a token is looked at. */
export const surfaces = ['edge', 'page', 'handler', 'action'] as const

export type Surface = (typeof surfaces)[number]

/** `error`: an answer that is neither, a 503 say. */
export type Verdict = 'refused' | 'accepted' | 'error'

export type Verdicts = Readonly<Record<Surface, Verdict>>

/** Of one attack, as pages and programs get it. `faults` is empty when all four have refused. */
export type Result = { id: string; surfaces: Verdicts; faults: readonly string[] }

export const listed = (verdicts: Verdicts, wanted: Verdict): string =>
  surfaces.filter((surface) => verdicts[surface] === wanted).join(', ')

/** @param asWanted whether the verifier has said what it should under the lab's key */
export const faultsOf = (verdicts: Verdicts, asWanted: boolean): string[] => {
  const [accepted, refused, errors] = (['accepted', 'refused', 'error'] as const).map((wanted) =>
    listed(verdicts, wanted),
  )
  return [
    ...(accepted ? [`accepted by ${accepted}`] : []),
    ...(errors ? [`no verdict from ${errors}`] : []),
    ...(refused && (accepted || errors) ? [`the surfaces disagree: refused by ${refused} only`] : []),
    ...(asWanted ? [] : ['the verifier gives another reason under the lab’s key']),
  ]
}

const letters: Record<Verdict, string> = { refused: 'r', accepted: 'a', error: 'e' }
const verdictOf: Readonly<Record<string, Verdict>> = { r: 'refused', a: 'accepted', e: 'error' }

/** Five letters for each result: row, then verdicts; a sixth, `!`, where the lab's verdict is not as it should be. */
export const packResults = (results: readonly Result[]): string =>
  results
    .map(({ id, surfaces: said, faults }) => {
      const row = attacks.findIndex((attack) => attack.id === id)
      const odd = faults.length > faultsOf(said, true).length ? '!' : ''
      return `${row}${surfaces.map((surface) => letters[said[surface]]).join('')}${odd}`
    })
    .join('.')

export const unpackResults = (text: string): Result[] =>
  text.split('.').flatMap((packed) => {
    const [, row = '', edge = '', page = '', handler = '', action = '', odd] =
      /^([0-9]+)([rae])([rae])([rae])([rae])(!?)$/.exec(packed) ?? []
    const id = attacks[Number(row || Number.NaN)]?.id
    if (id === undefined) return []
    const of = (letter: string): Verdict => verdictOf[letter] ?? 'error'
    const said = { edge: of(edge), page: of(page), handler: of(handler), action: of(action) }
    return [{ id, surfaces: said, faults: faultsOf(said, odd !== '!') }]
  })

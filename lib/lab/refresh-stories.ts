// What becomes of refresh tokens, told by the rule that the app itself decides by: time is an argument of it, so nobody
// has to wait for half a minute, and nobody's session is touched.
import { decideRotation, firstLineage, type Lineage, type RotationDecision } from '../core/rotation'

export type Moment = {
  /** Seconds since the story began. */
  at: number
  who: string
  /** What they do, in words. */
  does: string
  /** The generation that is shown. */
  shows: number
  decision: RotationDecision
  /** The generation that is handed out, or `null` when the session ends. */
  given: number | null
}

export type Story = { id: string; title: string; about: string; moments: Moment[]; ended: boolean }

/** `used`: what was handed out before comes back in use, so that it surely arrived. */
type Scene = { at: number; who: string; does: string; shows: number; used?: number }

/** @param grace seconds */
const tell = (scenes: readonly Scene[], grace: number): { moments: Moment[]; ended: boolean } => {
  let row: Lineage = { ...firstLineage, rotatedAt: -10 * grace * 1000 }
  let ended = false
  const moments: Moment[] = []
  for (const { at, who, does, shows, used } of scenes) {
    if (used !== undefined) row = { ...row, confirmed: Math.max(row.confirmed, used) }
    const decision: RotationDecision = ended
      ? { do: 'end', reason: 'reuse' }
      : decideRotation(row, shows, at * 1000, grace * 1000)
    if (decision.do === 'end') ended = true
    else row = decision.next
    moments.push({ at, who, does, shows, decision, given: decision.do === 'end' ? null : row.generation })
  }
  return { moments, ended }
}

/** @param grace ROTATION_GRACE, seconds */
export const refreshStories = (grace: number): Story[] => [
  {
    id: 'tabs',
    title: 'Two tabs at once',
    about: 'Both tabs notice in the same moment that the access token is over. Nobody may be signed out for that.',
    ...tell(
      [
        { at: 0, who: 'First tab', does: 'asks for new tokens', shows: 1 },
        { at: 0.2, who: 'Second tab', does: 'asks too, with the same old token', shows: 1 },
        { at: grace + 60, who: 'First tab', does: 'asks again a while later', shows: 2, used: 2 },
      ],
      grace,
    ),
  },
  {
    id: 'lost',
    title: 'An answer that was lost',
    about: 'The server has renewed the session, but the train was in a tunnel and the browser never heard of it.',
    ...tell(
      [
        { at: 0, who: 'Browser', does: 'asks; the answer gets lost', shows: 1 },
        { at: grace + 20, who: 'Browser', does: 'asks again with what it still has', shows: 1 },
      ],
      grace,
    ),
  },
  {
    id: 'thief',
    title: 'A stolen token',
    about: 'Somebody has copied the refresh token. The owner has gone on since, and the copy comes too late.',
    ...tell(
      [
        { at: 0, who: 'Owner', does: 'asks for new tokens', shows: 1 },
        { at: grace + 60, who: 'Thief', does: 'shows the copy of the first', shows: 1, used: 2 },
        { at: grace + 61, who: 'Owner', does: 'shows the newest', shows: 2 },
      ],
      grace,
    ),
  },
]

// A session with a moving clock and jars that hold its refresh token: the server's rules as lib/core decides them, the
// network as bad as it gets.
import { decideRotation, firstLineage, isCurrentGeneration, type Lineage } from '../rotation'

export type Ending = {
  reason: 'reuse' | 'generation_ahead'
  /** The generation that was presented, and the row that it met. */
  presented: number
  row: Lineage
  /** It was the parent, after the grace, and its successor had come back in use. */
  usedSuccessor: boolean
}

/** Who holds a refresh token and the access token that came with it. */
export type Jar = { generation: number /** End of the access token. */; until?: number }

export type Session = {
  now: () => number
  wait: (milliseconds: number) => void
  /** Presents the jar's refresh token; the answer arrives after `late` ms, or never. */
  refresh: (jar: Jar, answer: { lost: boolean; late: number }, life?: number) => void
  /** Uses the jar's access token, which confirms its generation. */
  use: (jar: Jar) => void
  /** Lets all answers that are under way arrive. */
  settle: () => void
  row: () => Lineage
  ending: () => Ending | null
}

export const openSession = (grace: number): Session => {
  let clock = 1_800_000_000_000
  let row = firstLineage
  let ending: Ending | null = null
  let underWay: { jar: Jar; generation: number; until: number; at: number }[] = []

  const arrive = () => {
    const due = underWay.filter(({ at }) => at <= clock).sort((a, b) => a.at - b.at)
    underWay = underWay.filter(({ at }) => at > clock)
    for (const { jar, generation, until } of due) Object.assign(jar, { generation, until })
  }
  return {
    now: () => clock,
    wait: (milliseconds) => {
      clock += milliseconds
      arrive()
    },
    refresh: (jar, { lost, late }, life = 0) => {
      if (ending) return
      const presented = jar.generation
      const decision = decideRotation(row, presented, clock, grace)
      if (decision.do === 'end') {
        const usedSuccessor =
          presented === row.parent && row.confirmed >= row.generation && clock - row.rotatedAt > grace
        ending = { reason: decision.reason, presented, row, usedSuccessor }
        return
      }
      row = decision.next
      if (!lost) underWay.push({ jar, generation: row.generation, until: clock + life, at: clock + late })
      arrive()
    },
    use: ({ generation }) => {
      if (!ending && isCurrentGeneration(row, generation))
        row = { ...row, confirmed: Math.max(row.confirmed, generation) }
    },
    settle: () => {
      clock = Math.max(clock, ...underWay.map(({ at }) => at))
      arrive()
    },
    row: () => row,
    ending: () => ending,
  }
}

// The family of a session's refresh tokens, the newest generation first.
import type { FamilyRow } from '@/lib/web/settings'
import { Card } from '../../../../_components/card'
import { Generation, type Member } from './generation'

type Props = {
  generation: number
  family: readonly FamilyRow[]
  createdAt: number
  over: boolean
  now: number
}

/** Generations on the page. */
const most = 50

/** The newest generations, and older ones that came back: they are what its owner has to see. */
const membersOf = ({ generation, family, createdAt }: Omit<Props, 'over' | 'now'>): Member[] => {
  const rows = new Map(family.map((row) => [row.generation, row]))
  const newest = Array.from({ length: Math.min(generation, most) }, (_, back) => generation - back)
  const cameBack = family.filter(({ reusedAt }) => reusedAt !== null).map((row) => row.generation)
  return [...new Set([...newest, ...cameBack])].map((number) => ({
    number,
    at: number === 1 ? createdAt : rows.get(number)?.at,
    replacedAt: rows.get(number + 1)?.at,
    newest: number === generation,
    row: rows.get(number),
  }))
}

export const Family = ({ generation, family, createdAt, over, now }: Props) => {
  const members = membersOf({ generation, family, createdAt })
  const hidden = generation - members.length
  return (
    <section aria-labelledby="family" className="grid grid-cols-1 gap-4">
      <div className="grid gap-2">
        <h2 id="family" className="text-xl font-semibold tracking-tight">
          Its refresh tokens
        </h2>
        <p className="max-w-prose text-muted-foreground">
          In a healthy family each generation is replaced by the next while you are active, a few are handed out again
          or lost on the way, and none comes back once its successor is in use.
        </p>
      </div>
      <Card className="sm:p-6">
        <ol reversed className="grid ps-2">
          {members.map((member) => (
            <Generation key={member.number} member={member} over={over} now={now} />
          ))}
        </ol>
        {hidden > 0 && (
          <p className="mt-6 text-muted-foreground">
            {hidden === 1 ? 'One older generation is' : `${hidden.toLocaleString('en')} older generations are`} not
            shown.
          </p>
        )}
      </Card>
    </section>
  )
}

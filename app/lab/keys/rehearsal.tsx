// The rotation in fast motion: two keys on a line of time, and whether a token of each is good at each moment.
import type { Stage } from '@/lib/lab/key-rehearsal'
import { stateWords } from './state-words'

const when = (milliseconds: number): string => {
  if (milliseconds === 0) return 'The change'
  const minutes = Math.round(Math.abs(milliseconds) / 60_000)
  return `${minutes} min ${milliseconds < 0 ? 'before' : 'after'} it`
}

const Token = ({ accepted }: { accepted: boolean | null }) => {
  if (accepted === null) return <span className="text-muted-foreground">has signed nothing yet</span>
  return accepted ? (
    <span className="text-primary">its newest token is accepted</span>
  ) : (
    <span className="text-muted-foreground">its last token has expired</span>
  )
}

export const Rehearsal = ({ stages }: { stages: readonly Stage[] }) => (
  <ol className="grid gap-px overflow-hidden rounded-xl border bg-border">
    {stages.map(({ at, title, states, accepted }) => (
      <li key={at} data-states={states.join(' ')} className="grid gap-x-6 gap-y-2 bg-card p-4 sm:grid-cols-3">
        <p>
          <span className="block text-sm text-muted-foreground">{when(at)}</span>
          <span className="font-medium">{title}</span>
        </p>
        {['Old key', 'New key'].map((name, i) => {
          const state = states[i]
          return (
            <p key={name} className={state === 'active' ? 'rounded-lg bg-accent p-2' : 'p-2'}>
              <span className="block text-sm font-medium">
                {name}
                {state && (
                  <>
                    : <code className="font-mono">{state}</code>
                  </>
                )}
              </span>
              {state ? (
                <span className="text-sm">
                  {stateWords[state]}; <Token accepted={accepted[i] ?? null} />
                </span>
              ) : (
                <span className="text-sm text-muted-foreground">is not made yet</span>
              )}
            </p>
          )
        })}
      </li>
    ))}
  </ol>
)

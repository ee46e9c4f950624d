// The lab's own keys, each with what the verifier says to its tokens that live.
import type { RingKey } from '@/lib/lab/lab-ring'
import { buttonVariants } from '../../_components/button-variants'
import { SubmitButton } from '../../_components/submit-button'
import { stateWords } from './state-words'

const Fate = ({ living, accepted }: RingKey) => {
  if (living === 0) return <>no token of it lives</>
  return (
    <>
      {accepted} of {living} {living === 1 ? 'token' : 'tokens'} accepted
    </>
  )
}

export const Ring = ({ keys, mayTurn }: { keys: readonly RingKey[]; mayTurn: boolean }) => {
  const sum = (of: 'living' | 'accepted') => keys.reduce((all, key) => all + key[of], 0)
  return (
    <div className="grid gap-4">
      <p className="max-w-prose">
        {sum('living') === 1 ? 'One token was' : `${sum('living')} tokens were`} signed with them in the last two
        minutes, the last when you opened this page.{' '}
        <strong data-accepted={sum('accepted')} data-living={sum('living')}>
          {sum('accepted') === sum('living') ? 'Every one is accepted.' : `Only ${sum('accepted')} are accepted.`}
        </strong>
      </p>
      <ol className="grid gap-px overflow-hidden rounded-xl border bg-border">
        {keys.map((key) => (
          <li key={key.kid} data-ring={key.state} className="grid gap-x-6 gap-y-1 bg-card p-4 sm:grid-cols-3">
            <code className="font-mono text-sm">{key.kid.slice(0, 8)}…</code>
            <span>
              <code className="font-mono font-semibold">{key.state}</code>{' '}
              <span className="text-sm text-muted-foreground">{stateWords[key.state]}</span>
            </span>
            <span className="text-sm sm:text-end">
              <Fate {...key} />
            </span>
          </li>
        ))}
      </ol>
      {mayTurn && (
        <form method="post" action="/api/lab/keys">
          <SubmitButton className={buttonVariants({ size: 'lg' })} busy="Rotating…">
            Rotate the keys of the lab
          </SubmitButton>
        </form>
      )}
    </div>
  )
}

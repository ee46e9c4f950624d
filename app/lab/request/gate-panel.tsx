// What the gate asked of the token, step by step, each with the time that it took just now.
import type { GateTrace } from '@/lib/core/gate-trace'
import { stepWords } from '@/lib/lab/step-words'
import { Engineers } from '../engineers'
import { StepList } from '../step-list'

const Untold = () => (
  <p className="max-w-prose rounded-lg border bg-muted p-4">
    The gate told nothing of this request. Load the page again; if this stays, the gate does not run.
  </p>
)

export const GatePanel = ({ trace }: { trace: GateTrace | null }) => {
  if (!trace) return <Untold />
  const total = trace.steps.reduce((sum, { micros }) => sum + micros, 0)
  return (
    <>
      <p className="max-w-prose">
        Before any page is made, a gate looks at the token. It asks no database and no other server: all it needs is the
        public key.{' '}
        {trace.look === 'authentic' ? 'Yours passed every step.' : 'There was no good token to let through.'}
      </p>
      <StepList steps={trace.steps} />
      <Engineers>
        <p>
          {total} µs in all, measured at the edge while it verified this request, each step from the one before. Usually
          the verdict of a token is remembered by its exact text until it expires, and a gate spends a few microseconds;
          for this page it does all of it again.
        </p>
        <dl className="grid gap-2">
          {trace.steps.map(({ name }) => (
            <div key={name}>
              <dt className="font-medium">{stepWords[name].title}</dt>
              <dd className="font-mono text-xs break-words text-muted-foreground">{stepWords[name].source}</dd>
            </div>
          ))}
        </dl>
      </Engineers>
    </>
  )
}

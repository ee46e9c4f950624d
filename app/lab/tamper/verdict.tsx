// What the verifier said: where it stopped, why, and what an app would suffer that did not stop there.
import { traceSteps } from '@/lib/core/trace'
import { refusalWords, refusedAt } from '@/lib/lab/refusal-words'
import { stepWords } from '@/lib/lab/step-words'
import type { Tampering, Tried } from '@/lib/lab/tampering'
import { Engineers } from '../engineers'
import { StepList } from '../step-list'

const Accepted = () => (
  <>
    <p className="text-lg font-semibold">Accepted</p>
    <p className="max-w-prose">
      Nobody has changed it since the server signed it. This is the only one that gets through.
    </p>
  </>
)

const Refused = ({ tried }: { tried: Tried }) => {
  const step = refusedAt(tried.steps, traceSteps)
  if (!step) return null
  return (
    <>
      <p className="text-lg font-semibold text-destructive">Refused at “{stepWords[step].title}”</p>
      <p className="max-w-prose">{refusalWords[step].why}</p>
      <p className="max-w-prose text-muted-foreground">
        Without this step: {refusalWords[step].without.charAt(0).toLowerCase() + refusalWords[step].without.slice(1)}
      </p>
    </>
  )
}

export const Verdict = ({ tampering, tried }: { tampering: Tampering; tried: Tried }) => {
  const step = refusedAt(tried.steps, traceSteps)
  return (
    <section id="verdict" aria-labelledby="verdict-title" className="grid scroll-mt-4 gap-4">
      <h2 id="verdict-title" className="text-2xl font-semibold tracking-tight">
        {tampering.title}
      </h2>
      <div
        role="status"
        data-verdict={tried.reason ?? 'accepted'}
        className={`grid gap-2 rounded-xl border-2 p-5 ${tried.reason ? 'border-destructive bg-destructive-muted' : 'border-primary bg-accent'}`}
      >
        {tried.reason ? <Refused tried={tried} /> : <Accepted />}
      </div>
      <h3 className="font-semibold">
        {tried.reason ? 'The steps, up to the one that refused' : 'The steps, all passed'}
      </h3>
      <StepList steps={tried.steps} refused={tried.reason && step && { name: step, micros: tried.lastMicros }} />
      <Engineers>
        <p>
          Made: {tampering.how}. Code: <code className="font-mono">{tried.reason ?? 'accepted'}</code>
          {step && tried.reason && <> at {stepWords[step].source}</>}. The function is verifyAccessToken() of
          lib/core/token.ts, the same that the gate, pages and handlers call; the changed token never leaves the server.
          To the outside all refusals are the same 401, byte for byte: only this page says more.
        </p>
      </Engineers>
    </section>
  )
}

// The steps that a token has passed, each as a question with its answer and the time that it took.
import type { GateStep } from '@/lib/core/gate-trace'
import { stepWords } from '@/lib/lab/step-words'

const Passed = () => (
  <svg viewBox="0 0 24 24" role="img" aria-label="Passed" className="mt-0.5 size-5 fill-none stroke-primary stroke-3">
    <path d="m4 13 5 5L20 6" />
  </svg>
)

const Refused = () => (
  <svg
    viewBox="0 0 24 24"
    role="img"
    aria-label="Refused"
    className="mt-0.5 size-5 fill-none stroke-destructive stroke-3"
  >
    <path d="M5 5l14 14M19 5 5 19" />
  </svg>
)

type Step = { name: GateStep; micros: number }

/** @param steps in their order; times in microseconds @param refused the step that came next and said no */
export const StepList = ({ steps, refused }: { steps: readonly Step[]; refused?: Step | null }) => (
  <ol className="grid gap-px overflow-hidden rounded-xl border bg-border">
    {steps.map(({ name, micros }) => (
      <li key={name} data-step={name} className="grid grid-cols-[auto_1fr_auto] gap-x-3 bg-card px-4 py-3">
        <Passed />
        <div>
          <p className="font-medium">{stepWords[name].title}</p>
          <p className="text-sm text-muted-foreground">{stepWords[name].asks}</p>
        </div>
        <p className="text-sm whitespace-nowrap text-muted-foreground tabular-nums">{micros} µs</p>
      </li>
    ))}
    {refused && (
      <li
        data-refused={refused.name}
        className="grid grid-cols-[auto_1fr_auto] gap-x-3 bg-destructive-muted px-4 py-3 text-destructive"
      >
        <Refused />
        <div>
          <p className="font-semibold">{stepWords[refused.name].title}</p>
          <p className="text-sm">{stepWords[refused.name].asks} No.</p>
        </div>
        <p className="text-sm whitespace-nowrap tabular-nums">{refused.micros} µs</p>
      </li>
    )}
  </ol>
)

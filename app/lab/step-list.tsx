// The steps that a token has passed, each as a question with its answer and the time that it took.
import type { GateStep } from '@/lib/core/gate-trace'
import { stepWords } from '@/lib/lab/step-words'

const Passed = () => (
  <svg viewBox="0 0 24 24" role="img" aria-label="Passed" className="mt-0.5 size-5 fill-none stroke-primary stroke-3">
    <path d="m4 13 5 5L20 6" />
  </svg>
)

/** @param steps in their order; times in microseconds */
export const StepList = ({ steps }: { steps: readonly { name: GateStep; micros: number }[] }) => (
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
  </ol>
)

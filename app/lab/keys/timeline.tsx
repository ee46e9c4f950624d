// The two keys of the rehearsal on a line of time: filled while one signs, outlined while it only waits or is remembered.
import type { KeyState } from '@/lib/core/key-life'
import type { Stage } from '@/lib/lab/key-rehearsal'

const step = 180
const left = 80
const height = 44

const looks: Readonly<Record<KeyState, { box: string; text: string }>> = {
  next: { box: 'fill-accent stroke-primary [stroke-dasharray:5_4]', text: 'fill-foreground' },
  active: { box: 'fill-primary stroke-primary', text: 'fill-primary-foreground' },
  retiring: { box: 'fill-accent stroke-primary', text: 'fill-foreground' },
  retired: { box: 'fill-none stroke-border', text: 'fill-muted-foreground' },
}

type Span = { state: KeyState; from: number; to: number }

/** Neighbours of one state are one span. */
const spansOf = (states: readonly (KeyState | null)[]): Span[] => {
  const spans: Span[] = []
  for (const [i, state] of states.entries()) {
    const last = spans.at(-1)
    if (last && last.state === state) last.to = i + 1
    else if (state) spans.push({ state, from: i, to: i + 1 })
  }
  return spans
}

const inWords = (spans: readonly Span[]) => spans.map(({ state }) => state).join(', then ')

export const Timeline = ({ stages }: { stages: readonly Stage[] }) => {
  const rows = [
    { name: 'Old key', spans: spansOf(stages.map(({ states }) => states[0])) },
    { name: 'New key', spans: spansOf(stages.map(({ states }) => states[1])) },
  ]
  const change = left + stages.findIndex(({ at }) => at === 0) * step
  const alternative = `Time goes from left to right. ${rows.map(({ name, spans }) => `${name}: ${inWords(spans)}.`).join(' ')} At the change the one ceases to sign as the other begins, and for a while both are accepted.`
  return (
    <svg
      viewBox={`0 0 ${left + stages.length * step} 150`}
      role="img"
      aria-label={alternative}
      className="hidden w-full sm:block"
    >
      {rows.map(({ name, spans }, row) => (
        <g key={name}>
          <text x="0" y={56 + row * 60} className="fill-foreground text-[17px] font-medium">
            {name}
          </text>
          {spans.map(({ state, from, to }) => (
            <g key={state}>
              <rect
                x={left + from * step + 4}
                y={28 + row * 60}
                width={(to - from) * step - 8}
                height={height}
                rx="8"
                strokeWidth="2"
                className={looks[state].box}
              />
              <text
                x={left + ((from + to) / 2) * step}
                y={56 + row * 60}
                textAnchor="middle"
                className={`font-mono text-[17px] ${looks[state].text}`}
              >
                {state}
              </text>
            </g>
          ))}
        </g>
      ))}
      <line x1={change} x2={change} y1="18" y2="144" strokeWidth="2" className="stroke-destructive" />
      <text x={change} y="12" textAnchor="middle" className="fill-foreground text-[15px]">
        the change
      </text>
    </svg>
  )
}

// The path of a request as a choice of its four stations: arrow keys go on and back, and no script is needed.
import type { ReactNode } from 'react'

export type StationPart = { title: string; line: string; panel: ReactNode }

/** Each station's own classes, spelled out, since Tailwind reads the sources. */
const shown = [
  'group-has-[#station-0:checked]/stations:grid',
  'group-has-[#station-1:checked]/stations:grid',
  'group-has-[#station-2:checked]/stations:grid',
  'group-has-[#station-3:checked]/stations:grid',
]

const Arrow = () => (
  <svg
    viewBox="0 0 24 24"
    aria-hidden="true"
    className="mx-auto size-6 rotate-90 self-center fill-none stroke-primary stroke-2 lg:rotate-0"
  >
    <path d="M3 12h17m-6-6 6 6-6 6" />
  </svg>
)

const StationLabel = ({ index, title, line }: { index: number; title: string; line: string }) => (
  <label
    htmlFor={`station-${index}`}
    className="grid cursor-pointer content-start gap-1 rounded-xl border-2 bg-card p-4 has-checked:border-primary has-checked:bg-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
  >
    <span className="flex items-center gap-2 font-semibold">
      <input
        type="radio"
        name="station"
        id={`station-${index}`}
        defaultChecked={index === 0}
        className="size-4 accent-primary outline-none"
      />
      {index + 1}. {title}
    </span>
    <span className="text-sm text-muted-foreground">{line}</span>
  </label>
)

/** @param parts the four stations */
export const Stations = ({ parts }: { parts: readonly StationPart[] }) => (
  <div className="group/stations grid gap-6">
    <fieldset className="grid gap-3">
      <legend className="mb-3 text-muted-foreground">Choose a station; arrow keys go on and back.</legend>
      <div className="grid items-stretch gap-2 lg:grid-cols-[1fr_auto_1fr_auto_1fr_auto_1fr]">
        {parts.map(({ title, line }, index) => (
          <div key={title} className="contents">
            {index > 0 && <Arrow />}
            <StationLabel index={index} title={title} line={line} />
          </div>
        ))}
      </div>
    </fieldset>
    {parts.map(({ title, panel }, index) => (
      <section key={title} aria-labelledby={`panel-${index}`} className={`hidden gap-4 ${shown[index]}`}>
        <h2 id={`panel-${index}`} className="text-2xl font-semibold tracking-tight">
          {index + 1}. {title}
        </h2>
        {panel}
      </section>
    ))}
  </div>
)

// The path of one request as a picture: lying on wide screens, standing on narrow ones, in the theme's colours.
import { type Station, StationBox } from './station-box'

const stations: readonly Station[] = [
  { title: 'Browser', lines: ['sends the token in a', 'cookie no script reads'], checks: false },
  {
    title: 'Edge gate',
    lines: ['signature, times and', 'audience; no database'],
    checks: true,
    refusal: 'no stamp: to sign-in',
  },
  {
    title: 'Server component',
    lines: ['asks for the session’s', 'row, every time'],
    checks: true,
    refusal: 'ended: to sign-in',
  },
  { title: 'Response', lines: ['your page, kept by', 'no cache'], checks: false },
]
const passes = ['token', 'claims', 'page']

const alternative =
  'The browser sends the token in a cookie to the edge gate. The edge gate checks signature, times and audience without a database; without a good token it leads to sign-in. The server component then asks the database for the session’s row; an ended session leads to sign-in. Only then the response with your page goes out.'

const box = { width: 186, height: 112 }
const gap = 72
const tall = { width: 288, height: 112, gap: 52 }

type ArrowProps = { d: string; x: number; y: number; label: string; anchor: 'middle' | 'start'; head: string }

const Arrow = ({ d, x, y, label, anchor, head }: ArrowProps) => (
  <g>
    <path d={d} markerEnd={`url(#${head})`} fill="none" strokeWidth="2" className="stroke-primary" />
    <text x={x} y={y} textAnchor={anchor} className="fill-muted-foreground font-mono text-[13px]">
      {label}
    </text>
  </g>
)

/** Each picture has its own: browsers don't draw a marker out of a picture that is hidden. */
const Head = ({ id }: { id: string }) => (
  <defs>
    <marker id={id} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">
      <path d="M0 0L10 5L0 10z" className="fill-primary" />
    </marker>
  </defs>
)

const Lying = () => (
  <svg viewBox="-2 -10 964 172" role="img" aria-label={alternative} className="hidden w-full lg:block">
    <Head id="head-lying" />
    {stations.map((station, i) => (
      <StationBox key={station.title} station={station} x={i * (box.width + gap)} y={1} {...box} below />
    ))}
    {passes.map((label, i) => {
      const x = (i + 1) * box.width + i * gap
      return (
        <Arrow
          key={label}
          d={`M${x + 4} 57H${x + gap - 4}`}
          x={x + gap / 2}
          y={47}
          label={label}
          anchor="middle"
          head="head-lying"
        />
      )
    })}
  </svg>
)

const Standing = () => (
  <svg viewBox="0 -8 297 614" role="img" aria-label={alternative} className="w-full max-w-sm lg:hidden">
    <Head id="head-standing" />
    {stations.map((station, i) => (
      <StationBox
        key={station.title}
        station={station}
        x={1}
        y={i * (tall.height + tall.gap) + 1}
        width={tall.width - 2}
        height={tall.height}
      />
    ))}
    {passes.map((label, i) => {
      const y = (i + 1) * tall.height + i * tall.gap
      return (
        <Arrow
          key={label}
          d={`M36 ${y + 5}V${y + tall.gap - 3}`}
          x={52}
          y={y + tall.gap / 2 + 5}
          label={label}
          anchor="start"
          head="head-standing"
        />
      )
    })}
  </svg>
)

export const PathPicture = () => (
  <figure className="grid gap-4">
    <div className="rounded-xl border bg-card p-3 sm:p-6">
      <Lying />
      <Standing />
    </div>
    <figcaption className="text-muted-foreground">
      Two checks, one verifier: what the edge lets through, the server looks at again.
    </figcaption>
  </figure>
)

// One station on the path of a request: a box with a title, what happens there, and where a refusal leads.

export type Station = {
  title: string
  lines: readonly string[]
  /** The token is looked at here. */
  checks: boolean
  refusal?: string
}

const Check = ({ x, y }: { x: number; y: number }) => (
  <g transform={`translate(${x} ${y}) rotate(-12)`} fill="none" className="stroke-primary">
    <circle r="13" strokeWidth="2" />
    <path d="M-6 0l4.5 4.5L6.5-5" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
  </g>
)

const Refusal = ({ x, y, text }: { x: number; y: number; text: string }) => (
  <g>
    <path d={`M${x + 22} ${y}v26`} fill="none" strokeWidth="2" strokeDasharray="3 4" className="stroke-destructive" />
    <text x={x + 14} y={y + 46} className="fill-destructive text-[14px]">
      {text}
    </text>
  </g>
)

type Props = { station: Station; x: number; y: number; width: number; height: number; below?: boolean }

/** @param below whether the refusal hangs below the box, or stands inside it as a last line */
export const StationBox = ({
  station: { title, lines, checks, refusal },
  x,
  y,
  width,
  height,
  below = false,
}: Props) => (
  <g>
    <rect
      x={x}
      y={y}
      width={width}
      height={height - 2}
      rx="12"
      strokeWidth="1.5"
      className={checks ? 'fill-accent stroke-primary' : 'fill-background stroke-input'}
    />
    <text x={x + 16} y={y + 32} className="fill-foreground text-[16px] font-semibold">
      {title}
    </text>
    {lines.map((line, i) => (
      <text key={line} x={x + 16} y={y + 57 + i * 20} className="fill-muted-foreground text-[14px]">
        {line}
      </text>
    ))}
    {checks && <Check x={x + width - 6} y={y + 6} />}
    {refusal && below && <Refusal x={x} y={y + height - 2} text={refusal} />}
    {refusal && !below && (
      <text x={x + 16} y={y + 99} className="fill-destructive text-[14px]">
        {refusal}
      </text>
    )}
  </g>
)

// One story of refresh tokens: who showed which, what the rule said, and what they got.
import type { Moment, Story } from '@/lib/lab/refresh-stories'

const said = ({ who, decision, given }: Moment): string => {
  if (decision.do === 'rotate') return `Gets number ${given}, a new one`
  if (decision.do === 'end')
    return who === 'Thief'
      ? 'Gets nothing: the session ends, and its owner is told by mail'
      : 'Gets nothing: the session is over, and the sign-in page says why'
  return decision.because === 'lost'
    ? `Gets number ${given} once more: its answer was never seen in use`
    : `Gets number ${given} as well: somebody else has just renewed`
}

const code = ({ decision }: Moment): string =>
  decision.do === 'end' ? decision.reason : decision.do === 'repeat' ? decision.because : 'rotate'

/** The chain of tokens: each circle is one that was handed out. */
const Chain = ({ story }: { story: Story }) => {
  const numbers = [...new Set([1, ...story.moments.flatMap(({ given }) => (given === null ? [] : [given]))])]
  const alternative = `Tokens number ${numbers.join(', ')}; the session ${story.ended ? 'has ended' : 'goes on'}.`
  return (
    <svg viewBox={`0 0 ${numbers.length * 70 + 60} 56`} role="img" aria-label={alternative} className="h-14 max-w-full">
      {numbers.map((number, i) => (
        <g key={number} transform={`translate(${28 + i * 70} 28)`}>
          {i > 0 && <path d="M-46 0h20" strokeWidth="2" className="stroke-primary" />}
          <circle r="20" strokeWidth="2" className="fill-accent stroke-primary" />
          <text textAnchor="middle" y="6" className="fill-foreground text-[17px] font-semibold">
            {number}
          </text>
        </g>
      ))}
      <g transform={`translate(${numbers.length * 70 + 22} 28)`} fill="none" strokeWidth="3" strokeLinecap="round">
        {story.ended ? (
          <path d="m-9-9 18 18m0-18-18 18" className="stroke-destructive" />
        ) : (
          <path d="m-10 0 7 7 13-14" className="stroke-primary" />
        )}
      </g>
    </svg>
  )
}

export const StoryCard = ({ story }: { story: Story }) => (
  <section aria-labelledby={story.id} data-story={story.id} className="grid gap-4 rounded-xl border bg-card p-5 sm:p-6">
    <div className="grid gap-1">
      <h3 id={story.id} className="text-xl font-semibold tracking-tight">
        {story.title}
      </h3>
      <p className="max-w-prose text-muted-foreground">{story.about}</p>
    </div>
    <Chain story={story} />
    <ol className="grid gap-3">
      {story.moments.map((moment) => (
        <li
          key={`${moment.at}${moment.who}`}
          data-given={moment.given ?? 'nothing'}
          className="grid gap-x-4 border-s-2 ps-3 sm:grid-cols-[5rem_1fr]"
        >
          <span className="text-sm text-muted-foreground tabular-nums">{moment.at} s</span>
          <span>
            <span className="block font-medium">
              {moment.who} {moment.does} (number {moment.shows})
            </span>
            <span className={moment.given === null ? 'text-destructive' : 'text-muted-foreground'}>
              {said(moment)}. <code className="font-mono text-xs">{code(moment)}</code>
            </span>
          </span>
        </li>
      ))}
    </ol>
    <p className="font-medium">{story.ended ? 'The session has ended, for both.' : 'Nobody was signed out.'}</p>
  </section>
)

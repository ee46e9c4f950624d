// What the payload says, claim by claim: in words for everybody, with its value, its checks and its weight.
import type { AccessClaims } from '@/lib/core/claims'
import { claimBytes, claimWords } from '@/lib/lab/claim-words'

/** Ids are hidden but for their beginning: the whole one is nobody's to read over a shoulder. */
const shortened = new Set(['sid', 'jti'])
const written = (name: string, value: unknown) =>
  shortened.has(name) ? `"${String(value).slice(0, 6)}…"` : JSON.stringify(value)

export const ClaimsList = ({ claims }: { claims: AccessClaims }) => (
  <dl className="grid gap-px overflow-hidden rounded-xl border bg-border">
    {(Object.keys(claims) as (keyof AccessClaims)[]).map((name) => (
      <div key={name} data-claim={name} className="grid gap-x-6 gap-y-1 bg-card px-4 py-3 sm:grid-cols-[1fr_1fr]">
        <dt>
          <span className="font-medium">{claimWords[name].title}</span>{' '}
          <code className="font-mono text-sm text-muted-foreground">{name}</code>
          <span className="block text-sm text-muted-foreground">{claimWords[name].says}</span>
        </dt>
        <dd className="min-w-0">
          <code className="font-mono text-sm break-all">{written(name, claims[name])}</code>
          <span className="block text-xs text-muted-foreground">
            Checked by: {claimWords[name].checked}. {claimWords[name].source}. {claimBytes(name, claims[name])} bytes.
          </span>
        </dd>
      </div>
    ))}
  </dl>
)

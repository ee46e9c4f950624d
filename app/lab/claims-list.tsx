// What the payload says, claim by claim: in words for everybody, with its value, its checks and its weight.
import type { AccessClaims } from '@/lib/core/claims'
import { claimBytes, claimWords, shownClaim } from '@/lib/lab/claim-words'

/** How heavy a claim is beside the heaviest. An attribute, as the content policy allows no style of an element's own. */
const Weight = ({ share }: { share: number }) => (
  <svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" className="h-1.5 w-full">
    <rect width="100" height="3" rx="1" className="fill-muted" />
    <rect width={share * 100} height="3" rx="1" className="fill-primary" />
  </svg>
)

const names = (claims: AccessClaims) => Object.keys(claims) as (keyof AccessClaims)[]

export const ClaimsList = ({ claims }: { claims: AccessClaims }) => {
  const heaviest = Math.max(...names(claims).map((name) => claimBytes(name, claims[name])))
  return (
    <dl className="grid gap-px overflow-hidden rounded-xl border bg-border">
      {names(claims).map((name) => (
        <div key={name} data-claim={name} className="grid gap-x-6 gap-y-1 bg-card px-4 py-3 sm:grid-cols-[1fr_1fr]">
          <dt>
            <span className="font-medium">{claimWords[name].title}</span>{' '}
            <code className="font-mono text-sm text-muted-foreground">{name}</code>
            <span className="block text-sm text-muted-foreground">{claimWords[name].says}</span>
          </dt>
          <dd className="grid min-w-0 content-start gap-1">
            <code className="font-mono text-sm break-all">{JSON.stringify(shownClaim(name, claims[name]))}</code>
            <span className="block text-xs text-muted-foreground">
              Checked by: {claimWords[name].checked}. {claimWords[name].source}. {claimBytes(name, claims[name])} bytes.
            </span>
            <Weight share={claimBytes(name, claims[name]) / heaviest} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

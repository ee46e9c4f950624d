// Keys: how a signing key comes and goes without signing anybody out, and the keys of this very app.
import type { Metadata } from 'next'
import { now as readClock } from '@/lib/clock'
import { readOwnKeys, rehearseRotation } from '@/lib/lab/key-rehearsal'
import { visitRing } from '@/lib/lab/lab-ring'
import { readFlash } from '@/lib/web/page-flow'
import { getSession } from '@/lib/web/session'
import { FlashMessage } from '../../_components/flash-message'
import { Moment } from '../../_components/moment'
import { PageHeading } from '../../_components/page-heading'
import { type SearchParams, single } from '../../_components/search-params'
import { Engineers } from '../engineers'
import { Rehearsal } from './rehearsal'
import { Ring } from './ring'
import { Timeline } from './timeline'

export const metadata: Metadata = { title: 'Lab: keys' }

const path = '/lab/keys'

const KeysPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const now = readClock()
  const { keys, jwks, rotation } = await readOwnKeys(now)
  const { ok } = await getSession()
  const flash = await readFlash(path, single((await searchParams).flash))
  const ring = await visitRing()
  const stages = await rehearseRotation(now, rotation)
  return (
    <>
      <PageHeading title="How keys come and go">
        Tokens are signed with a private key and checked with a public one. Keys are replaced now and then. A change
        must sign nobody out, so for a while there are two.
      </PageHeading>
      <FlashMessage flash={flash} fields={[]} />
      <section aria-labelledby="ring" className="grid gap-4">
        <h2 id="ring" className="text-2xl font-semibold tracking-tight">
          Rotate some yourself
        </h2>
        <p className="max-w-prose text-muted-foreground">
          These keys are the lab’s own, and everybody’s who looks at this page. Whoever has a session may rotate them:
          the next one begins to sign, the old one is kept until its last token has ended.
        </p>
        <Ring keys={ring} mayTurn={ok} />
      </section>
      <section aria-labelledby="rehearsal" className="grid gap-4">
        <h2 id="rehearsal" className="text-2xl font-semibold tracking-tight">
          A change of keys in fast motion
        </h2>
        <p className="max-w-prose text-muted-foreground">
          Played just now with two keys of the lab, by the app’s own rules and its own verifier.
        </p>
        <Timeline stages={stages} />
        <Rehearsal stages={stages} />
      </section>
      <section aria-labelledby="own" className="grid gap-4">
        <h2 id="own" className="text-2xl font-semibold tracking-tight">
          The keys of this app
        </h2>
        <ul className="grid gap-3">
          {keys.map(({ kid, alg, state, createdAt }) => (
            <li key={kid} className="grid gap-1 rounded-xl border bg-card p-4">
              <span className="font-medium">
                {state} <span className="text-muted-foreground">({alg})</span>
              </span>
              <code className="font-mono text-sm break-all">{kid}</code>
              <span className="text-sm text-muted-foreground">
                Made <Moment at={createdAt} now={now} />
              </span>
            </li>
          ))}
        </ul>
        <p className="max-w-prose">
          What everybody can see of them is at{' '}
          <a href="/.well-known/jwks.json" className="font-medium text-primary underline underline-offset-4">
            /.well-known/jwks.json
          </a>
          : enough to check a token, and nothing to make one with.
        </p>
        <Engineers>
          <pre className="font-mono text-xs whitespace-pre-wrap break-all">{JSON.stringify(jwks, null, 2)}</pre>
          <p>
            kid is the RFC 7638 thumbprint. The app’s own keys are not rotated from here: KEY_ROTATION is{' '}
            {Math.round(rotation / 86_400_000)} days; an operator rotates sooner with npm run keys -- rotate
            (docs/keys.md). Private parts are sealed in the database with a key of AUTH_SECRET.
          </p>
        </Engineers>
      </section>
    </>
  )
}

export default KeysPage

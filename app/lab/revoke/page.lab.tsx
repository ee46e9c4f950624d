// Revoke: a second device is ended, and a stopwatch runs until Node and the gate refuse it.
import type { Metadata } from 'next'
import { readFlash } from '@/lib/web/page-flow'
import { getSession } from '@/lib/web/session'
import { buttonVariants } from '../../_components/button-variants'
import { FlashMessage } from '../../_components/flash-message'
import { PageHeading } from '../../_components/page-heading'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'
import { Engineers } from '../engineers'
import { Stranger } from '../stranger'

export const metadata: Metadata = { title: 'Lab: revoke' }

const path = '/lab/revoke'

const Watch = ({ id, title, milliseconds, why }: { id: string; title: string; milliseconds: string; why: string }) => (
  <div data-watch={id} className="grid content-start gap-1 rounded-xl border-2 border-primary bg-accent p-5">
    <p className="text-muted-foreground">{title}</p>
    <p className="text-4xl font-semibold tabular-nums">{(Number(milliseconds) / 1000).toFixed(2)} s</p>
    <p className="text-sm">{why}</p>
  </div>
)

const RevokePage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { ok } = await getSession()
  const flash = await readFlash(path, single((await searchParams).flash))
  const { node, edge } = flash?.values ?? {}
  return (
    <>
      <PageHeading title="How fast a session ends">
        A token is checked without asking anybody, so how can it be taken back before its time? Sign in on a second
        device, end it from here, and see how long it still gets in.
      </PageHeading>
      {!node && <FlashMessage flash={flash} fields={[]} />}
      {ok ? (
        <form method="post" action="/api/lab/revoke">
          <SubmitButton className={buttonVariants({ size: 'lg' })} busy="Signing in, ending, waiting…">
            {node ? 'Do it again' : 'Sign in on a second device and end it'}
          </SubmitButton>
        </form>
      ) : (
        <Stranger path={path} />
      )}
      {node && edge && (
        <section aria-labelledby="times" className="grid gap-4">
          <h2 id="times" className="text-2xl font-semibold tracking-tight">
            Refused after
          </h2>
          <div role="status" className="grid gap-4 sm:grid-cols-2">
            <Watch
              id="node"
              title="Pages and handlers"
              milliseconds={node}
              why="They look at the session’s row each time, so they know at once."
            />
            <Watch
              id="edge"
              title="Gate"
              milliseconds={edge}
              why="It has no database. It keeps a short list of what was ended lately, at most two seconds old."
            />
          </div>
        </section>
      )}
      <Engineers>
        <p>
          The list is at /.well-known/revocations: a signed JWT with hashes of session ids, epochs of users and a global
          not-before (docs/revocations.md). As access tokens live five minutes, it holds the ends of five minutes, and
          is tiny. npm run bench:revocation measures a hundred ends across two instances.
        </p>
      </Engineers>
    </>
  )
}

export default RevokePage

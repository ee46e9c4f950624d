// Refresh: three stories of how a session is renewed, and how a thief gives themselves away.
import type { Metadata } from 'next'
import { readLive } from '@/lib/lab/live-refresh'
import { refreshStories } from '@/lib/lab/refresh-stories'
import { rotationGrace } from '@/lib/lab/settings'
import { readFlash } from '@/lib/web/page-flow'
import { getSession } from '@/lib/web/session'
import { buttonVariants } from '../../_components/button-variants'
import { FlashMessage } from '../../_components/flash-message'
import { PageHeading } from '../../_components/page-heading'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'
import { TextLink } from '../../_components/text-link'
import { Engineers } from '../engineers'
import { Stranger } from '../stranger'
import { LiveRun } from './live-run'
import { StoryCard } from './story-card'

export const metadata: Metadata = { title: 'Lab: refresh' }

const path = '/lab/refresh'

const RefreshPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const grace = rotationGrace()
  const { ok } = await getSession()
  const flash = await readFlash(path, single((await searchParams).flash))
  const live = readLive(flash?.values ?? {})
  return (
    <>
      <PageHeading title="How a session is renewed">
        An access token lives five minutes. A second token, the refresh token, fetches the next one, and is replaced
        itself each time. So a stolen one can be told from the owner’s.
      </PageHeading>
      <section aria-labelledby="live" className="grid gap-4">
        <h2 id="live" className="text-2xl font-semibold tracking-tight">
          Now, with a session of yours
        </h2>
        <p className="max-w-prose">
          You sign in on a second device. Two of its tabs refresh at once, one of them goes on, and then somebody shows
          a copy of the first token.
        </p>
        {!live && <FlashMessage flash={flash} fields={[]} />}
        {ok ? (
          <form method="post" action="/api/lab/refresh">
            <SubmitButton className={buttonVariants({ size: 'lg' })} busy="Refreshing…">
              {live ? 'Do it again' : 'Let two tabs and a thief refresh'}
            </SubmitButton>
          </form>
        ) : (
          <Stranger path={path} />
        )}
        {live && <LiveRun live={live} sid={flash?.values.sid ?? ''} />}
      </section>
      <h2 className="text-2xl font-semibold tracking-tight">The same, with time in between</h2>
      {refreshStories(grace).map((story) => (
        <StoryCard key={story.id} story={story} />
      ))}
      <Engineers>
        <p>
          Your run is made by refreshSession(), which POST /api/auth/refresh calls, on a real session that ends with it.
          Its two tabs ask as of {grace + 60} s ago, so that nobody has to wait for the grace. The stories are decided
          by decideRotation() of lib/core/rotation.ts, the function that every refresh goes by, with a grace of {grace}{' '}
          s (ROTATION_GRACE). Time is an argument of it, so they take no time and touch nobody’s session. Rotation and
          detection of reuse: RFC 9700 §4.14.2.
        </p>
      </Engineers>
      <p>
        Your own session’s family of tokens: <TextLink href="/settings/sessions">your sessions</TextLink>
      </p>
    </>
  )
}

export default RefreshPage

// Refresh: three stories of how a session is renewed, and how a thief gives themselves away.
import type { Metadata } from 'next'
import { refreshStories } from '@/lib/lab/refresh-stories'
import { rotationGrace } from '@/lib/lab/settings'
import { PageHeading } from '../../_components/page-heading'
import { TextLink } from '../../_components/text-link'
import { Engineers } from '../engineers'
import { StoryCard } from './story-card'

export const metadata: Metadata = { title: 'Lab: refresh' }

const RefreshPage = () => {
  const grace = rotationGrace()
  return (
    <>
      <PageHeading title="How a session is renewed">
        An access token lives five minutes. A second token, the refresh token, fetches the next one, and is replaced
        itself each time. So a stolen one can be told from the owner’s.
      </PageHeading>
      {refreshStories(grace).map((story) => (
        <StoryCard key={story.id} story={story} />
      ))}
      <Engineers>
        <p>
          Decided by decideRotation() of lib/core/rotation.ts, the function that every refresh of this app goes by, with
          a grace of {grace} s (ROTATION_GRACE). Time is an argument of it, so these stories take no time and touch
          nobody’s session. Rotation and detection of reuse: RFC 9700 §4.14.2.
        </p>
      </Engineers>
      <p>
        Your own session’s family of tokens: <TextLink href="/settings/sessions">your sessions</TextLink>
      </p>
    </>
  )
}

export default RefreshPage

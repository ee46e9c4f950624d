// What happened around one's account, in words, the newest first.
import type { Metadata } from 'next'
import { readActivity } from '@/lib/web/settings'
import { Card } from '../../../_components/card'
import { EmptyNote } from '../../../_components/empty-note'
import { PageHeading } from '../../../_components/page-heading'
import { Pager } from '../../../_components/pager'
import { type SearchParams, single } from '../../../_components/search-params'
import { ActivityItem } from './activity-item'

export const metadata: Metadata = { title: 'Activity' }

const path = '/settings/activity'

const ActivityPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const after = single((await searchParams).after)
  const { events, next, now } = await readActivity(after)
  return (
    <>
      <PageHeading title="Activity">
        What happened around your account, the newest first. If something here was not you, end that session and change
        your password.
      </PageHeading>
      {events.length === 0 ? (
        <EmptyNote href={path} action="Back to the newest">
          Nothing is on record before that.
        </EmptyNote>
      ) : (
        <Card className="py-1 sm:px-6 sm:py-2">
          <ul className="divide-y">
            {events.map((event) => (
              <ActivityItem key={event.id} event={event} now={now} />
            ))}
          </ul>
        </Card>
      )}
      <Pager of="activity" path={path} first={after === undefined} next={next} />
    </>
  )
}

export default ActivityPage

// Where one is signed in: this device first, each session with a way to name and to end it, and what ended lately.
import type { Metadata } from 'next'
import { readFlash } from '@/lib/web/page-flow'
import { readSessions } from '@/lib/web/settings'
import { EmptyNote } from '../../../_components/empty-note'
import { PageHeading } from '../../../_components/page-heading'
import { Pager } from '../../../_components/pager'
import { type SearchParams, single } from '../../../_components/search-params'
import { EndOthers } from './end-others'
import { RecentlyEnded } from './recently-ended'
import { type RefusedName, SessionActions } from './session-actions'
import { SessionItem } from './session-item'

export const metadata: Metadata = { title: 'Your sessions' }

const path = '/settings/sessions'

const refusedName = async (flash: string | undefined): Promise<RefusedName | undefined> => {
  const refused = await readFlash(path, flash)
  const [id, error] = [refused?.values.id, refused?.errors.name]
  return id && error ? { id, typed: refused?.values.name ?? '', error } : undefined
}

const counted = (total: number): string => (total === 1 ? '1 session' : `${total.toLocaleString('en')} sessions`)

const SessionsPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const query = await searchParams
  const { cards, ended, first, next, total, userId, now } = await readSessions(single(query.after))
  const refused = await refusedName(single(query.flash))
  return (
    <>
      <PageHeading title="Your sessions">
        Every browser in which you are signed in is a session. End what you don’t know or no longer use.
      </PageHeading>
      <section aria-labelledby="live" className="grid grid-cols-1 gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 id="live" className="text-xl font-semibold tracking-tight">
            Signed in now <span className="font-normal text-muted-foreground">({counted(total)})</span>
          </h2>
          {total > 1 && <EndOthers others={total - 1} userId={userId} />}
        </div>
        <ul className="grid grid-cols-1 gap-4">
          {cards.map((card) => (
            <SessionItem
              key={card.id}
              card={card}
              now={now}
              actions={
                <SessionActions card={card} userId={userId} refused={refused?.id === card.id ? refused : undefined} />
              }
            />
          ))}
        </ul>
        {first && total === 1 && (
          <EmptyNote href="/settings/activity" action="See your activity">
            You are signed in nowhere else. When you sign in with another browser, it shows up here.
          </EmptyNote>
        )}
        {!first && cards.length === 0 && (
          <EmptyNote href={path} action="Back to the first page">
            No session is left on this page. Those that were have ended or moved up since.
          </EmptyNote>
        )}
        <Pager of="sessions" path={path} first={first} next={next} />
      </section>
      {first && <RecentlyEnded cards={ended} now={now} />}
    </>
  )
}

export default SessionsPage

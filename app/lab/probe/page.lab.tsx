// What attacks are shown to: a page that says whether somebody is signed in, and an action that does. Nothing more is said.
import type { Metadata } from 'next'
import { getSession } from '@/lib/web/session'
import { buttonVariants } from '../../_components/button-variants'
import { PageHeading } from '../../_components/page-heading'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'
import { askByAction } from './ask'

export const metadata: Metadata = { title: 'Lab: probe' }

const words = { 'signed-in': 'somebody is signed in', refused: 'nobody is signed in' } as const

const ProbePage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { ok } = await getSession()
  const said = single((await searchParams).said)
  const action = said === 'signed-in' || said === 'refused' ? words[said] : null
  return (
    <>
      <PageHeading title="What the attacks are shown to">
        This page and its button each look at your token for themselves. The attacks of the lab knock here.
      </PageHeading>
      <p data-lab-probe={ok ? 'signed-in' : 'refused'}>This page says: {words[ok ? 'signed-in' : 'refused']}.</p>
      {action && <p role="status">The action says: {action}.</p>}
      <form action={askByAction}>
        <SubmitButton className={buttonVariants({ variant: 'outline' })} busy="Asking…">
          Ask the action
        </SubmitButton>
      </form>
    </>
  )
}

export default ProbePage

// Adding an authenticator app: the picture, the secret and the first code. Afterwards the recovery codes, this once.
import type { Metadata } from 'next'
import { readEnrolment } from '@/lib/web/settings'
import { ButtonLink } from '../../../../_components/button'
import { PageHeading } from '../../../../_components/page-heading'
import { type SearchParams, single } from '../../../../_components/search-params'
import { EnrolmentForm } from './enrolment-form'
import { RecoveryCodes } from './recovery-codes'

export const metadata: Metadata = { title: 'Authenticator app' }

const AuthenticatorPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { userId, codes, enrolment, errors } = await readEnrolment(single((await searchParams).flash))
  return (
    <>
      <PageHeading title="Authenticator app">
        {codes
          ? 'Keep these codes where you find them without your phone.'
          : 'An app on your phone that shows a new code every 30 seconds.'}
      </PageHeading>
      {codes && <RecoveryCodes codes={codes} />}
      {!codes && enrolment && <EnrolmentForm userId={userId} error={errors.code} {...enrolment} />}
      {!codes && !enrolment && <p>No app is being added in this browser. Begin under Security.</p>}
      <ButtonLink href="/settings/security" variant={codes ? 'default' : 'ghost'} className="justify-self-start">
        {codes ? 'I have kept them' : 'Back to Security'}
      </ButtonLink>
    </>
  )
}

export default AuthenticatorPage

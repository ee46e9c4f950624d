// What proves who one is: the password and the authenticator app. Demo users have neither.
import type { Metadata } from 'next'
import { readFlash } from '@/lib/web/page-flow'
import { readSecurity } from '@/lib/web/settings'
import { PageHeading } from '../../../_components/page-heading'
import { type SearchParams, single } from '../../../_components/search-params'
import { AuthenticatorSection } from './authenticator-section'
import { ConnectedSection } from './connected-section'
import { DemoSecurity } from './demo-security'
import { PasswordForm } from './password-form'

export const metadata: Metadata = { title: 'Security' }

const SecurityPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { email, userId, demo, authenticator, recoveryCodes } = await readSecurity()
  const flash = await readFlash('/settings/security', single((await searchParams).flash))
  return (
    <>
      <PageHeading title="Security">What proves that you are you when you sign in.</PageHeading>
      {demo ? (
        <DemoSecurity />
      ) : (
        <>
          <PasswordForm email={email} userId={userId} errors={flash?.errors ?? {}} />
          <AuthenticatorSection
            userId={userId}
            on={authenticator}
            recoveryCodes={recoveryCodes}
            errors={flash?.errors ?? {}}
          />
          <ConnectedSection />
        </>
      )}
    </>
  )
}

export default SecurityPage

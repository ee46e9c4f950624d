// What proves who one is: the password, passkeys and the authenticator app. Demo users have none.
import type { Metadata } from 'next'
import { readFlash } from '@/lib/web/page-flow'
import { readSecurity } from '@/lib/web/settings'
import { PageHeading } from '../../../_components/page-heading'
import { type SearchParams, single } from '../../../_components/search-params'
import { AuthenticatorSection } from './authenticator-section'
import { ConnectedSection } from './connected-section'
import { DemoSecurity } from './demo-security'
import { PasskeysSection } from './passkeys-section'
import { PasswordSection } from './password-section'

export const metadata: Metadata = { title: 'Security' }

const SecurityPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { email, userId, demo, fresh, password, mayRemovePassword, otherWays, ...app } = await readSecurity()
  const flash = await readFlash('/settings/security', single((await searchParams).flash))
  return (
    <>
      <PageHeading title="Security">What proves that you are you when you sign in.</PageHeading>
      {demo ? (
        <DemoSecurity />
      ) : (
        <>
          <PasswordSection
            email={email}
            userId={userId}
            password={password}
            removable={mayRemovePassword}
            fresh={fresh}
            errors={flash?.errors ?? {}}
          />
          <PasskeysSection
            userId={userId}
            otherWays={otherWays}
            errors={flash?.errors ?? {}}
            typed={flash?.values.name}
          />
          <AuthenticatorSection
            userId={userId}
            on={app.authenticator}
            recoveryCodes={app.recoveryCodes}
            errors={flash?.errors ?? {}}
          />
          <ConnectedSection />
        </>
      )}
    </>
  )
}

export default SecurityPage

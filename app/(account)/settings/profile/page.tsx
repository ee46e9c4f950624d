// The profile: what one is called, and the address that mail goes to.
import type { Metadata } from 'next'
import { readFlash } from '@/lib/web/page-flow'
import { readProfile } from '@/lib/web/settings'
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { TextField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { PageHeading } from '../../../_components/page-heading'
import { type SearchParams, single } from '../../../_components/search-params'
import { SubmitButton } from '../../../_components/submit-button'
import { EmailForm } from './email-form'

export const metadata: Metadata = { title: 'Profile' }

const ProfilePage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { userId, name, email, demo, waiting } = await readProfile()
  const flash = await readFlash('/settings/profile', single((await searchParams).flash))
  return (
    <>
      <PageHeading title="Profile">What you are called here, and where our mail reaches you.</PageHeading>
      <section aria-labelledby="name-heading">
        <Card className="grid max-w-xl gap-5 sm:p-6">
          <h2 id="name-heading" className="text-xl font-semibold tracking-tight">
            Your name
          </h2>
          <HeldForm action="/api/auth/profile" as={userId} className="grid gap-5">
            <TextField
              id="name"
              label="Name"
              autoComplete="name"
              maxLength={80}
              defaultValue={flash?.values.name ?? name}
              error={flash?.errors.name}
            />
            <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Saving…">
              Save name
            </SubmitButton>
          </HeldForm>
        </Card>
      </section>
      {!demo && <EmailForm userId={userId} email={email} waiting={waiting} flash={flash} />}
    </>
  )
}

export default ProfilePage

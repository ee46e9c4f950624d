// One's data: everything as a file, and the end of the account.
import type { Metadata } from 'next'
import { readFlash } from '@/lib/web/page-flow'
import { readProfile } from '@/lib/web/settings'
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { Disclosure } from '../../../_components/disclosure'
import { TextField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { PageHeading } from '../../../_components/page-heading'
import { type SearchParams, single } from '../../../_components/search-params'
import { SubmitButton } from '../../../_components/submit-button'

export const metadata: Metadata = { title: 'Data' }

const Download = ({ userId }: { userId: string }) => (
  <section aria-labelledby="download">
    <Card className="grid max-w-xl gap-5 sm:p-6">
      <h2 id="download" className="text-xl font-semibold tracking-tight">
        Download your data
      </h2>
      <p className="text-muted-foreground">
        Profile, ways to sign in, sessions, tokens and activity, as one JSON file. It holds no secret.
      </p>
      <HeldForm action="/api/auth/account/export" as={userId} fresh>
        <button
          data-slot="button"
          type="submit"
          className={buttonVariants({ variant: 'outline', className: 'justify-self-start' })}
        >
          Download
        </button>
      </HeldForm>
    </Card>
  </section>
)

const Delete = ({ userId, error }: { userId: string; error: string | undefined }) => (
  <section aria-labelledby="delete">
    <Card className="grid max-w-xl gap-5 sm:p-6">
      <div className="grid gap-2">
        <h2 id="delete" className="text-xl font-semibold tracking-tight">
          Delete your account
        </h2>
        <p className="text-muted-foreground">
          Every session and every token dies at once. For seven days a link in a mail brings the account back; after
          that nothing of it is left.
        </p>
      </div>
      <Disclosure label="Delete my account" group="delete" open={error !== undefined}>
        <HeldForm action="/api/auth/account/delete" as={userId} fresh className="grid gap-4">
          <TextField
            id="confirm"
            label="Type the word delete"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={16}
            error={error}
          />
          <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Deleting…">
            Delete it
          </SubmitButton>
        </HeldForm>
      </Disclosure>
    </Card>
  </section>
)

const DataPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { userId, demo } = await readProfile()
  const flash = await readFlash('/settings/data', single((await searchParams).flash))
  return (
    <>
      <PageHeading title="Data">What we keep about you, and how to end it.</PageHeading>
      <Download userId={userId} />
      {!demo && <Delete userId={userId} error={flash?.errors.confirm} />}
    </>
  )
}

export default DataPage

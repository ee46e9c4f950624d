// Undo the deletion of an account: where the link of a mail leads. Nothing happens before the button is pressed.
import type { Metadata } from 'next'
import { readDepartedAddress, readFlash } from '@/lib/web/page-flow'
import { AuthPage } from '../../_components/auth-page'
import { buttonVariants } from '../../_components/button-variants'
import { FlashMessage } from '../../_components/flash-message'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'

export const metadata: Metadata = { title: 'Bring your account back' }

const UndoDeletionPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const flash = await readFlash('/undo-deletion', single((await searchParams).flash))
  const address = await readDepartedAddress()
  return (
    <AuthPage title="Bring your account back">
      <FlashMessage flash={flash} fields={[]} />
      {address === null ? (
        <p>
          This page needs an unused link from our mail, not older than seven days, opened in this browser within the
          last ten minutes. Open the link again.
        </p>
      ) : (
        <>
          <p>
            The account of <strong className="font-medium break-all">{address}</strong> comes back as it was. Its
            sessions and personal access tokens stay dead: sign in and make new ones.
          </p>
          <form method="post" action="/api/auth/account/restore">
            <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Bringing it back…">
              Bring my account back
            </SubmitButton>
          </form>
        </>
      )}
    </AuthPage>
  )
}

export default UndoDeletionPage

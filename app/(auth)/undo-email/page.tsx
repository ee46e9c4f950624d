// Undo a change of address: where the link of a mail leads. Nothing happens before the button is pressed.
import type { Metadata } from 'next'
import { readFlash, readUndoneEmail } from '@/lib/web/page-flow'
import { AuthPage } from '../../_components/auth-page'
import { buttonVariants } from '../../_components/button-variants'
import { FlashMessage } from '../../_components/flash-message'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'

export const metadata: Metadata = { title: 'Put your address back' }

const UndoEmailPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const flash = await readFlash('/undo-email', single((await searchParams).flash))
  const former = await readUndoneEmail()
  return (
    <AuthPage title="Put your address back">
      <FlashMessage flash={flash} fields={[]} />
      {former === null ? (
        <p>
          This page needs an unused link from our mail, not older than seven days, opened in this browser within the
          last ten minutes. Open the link again.
        </p>
      ) : (
        <>
          <p>
            The account gets <strong className="font-medium break-all">{former}</strong> back as its address, and every
            session ends, on every device. Passkeys, connected accounts and personal tokens that were added since the
            change or on the day before it go, and so does a password that was set in that time. Then choose a new
            password.
          </p>
          <form method="post" action="/api/auth/email/undo">
            <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Putting it back…">
              Put my address back
            </SubmitButton>
          </form>
        </>
      )}
    </AuthPage>
  )
}

export default UndoEmailPage

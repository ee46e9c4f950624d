// Where a mailed link lands. Mail scanners follow links too, so nothing happens before a person presses the button.
import type { Metadata } from 'next'
import { readFlash, readLinkAddress } from '@/lib/web/page-flow'
import { AuthPage } from '../../../_components/auth-page'
import { ButtonLink } from '../../../_components/button'
import { buttonVariants } from '../../../_components/button-variants'
import { FlashMessage } from '../../../_components/flash-message'
import { type SearchParams, single } from '../../../_components/search-params'
import { SubmitButton } from '../../../_components/submit-button'

export const metadata: Metadata = { title: 'Confirm your address' }

const Confirm = () => (
  <form method="post" action="/api/auth/verify-email">
    <input type="hidden" name="link" value="1" />
    <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Confirming…">
      Confirm and sign in
    </SubmitButton>
  </form>
)

const WithoutLink = () => (
  <div className="grid gap-5">
    <p>
      This page needs an unused link from our mail, opened in this browser within the last ten minutes. Open the link
      again, or sign up for a new one.
    </p>
    <ButtonLink href="/sign-up">Sign up</ButtonLink>
  </div>
)

const ConfirmPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const flash = await readFlash('/verify-email/confirm', single((await searchParams).flash))
  const address = await readLinkAddress()
  return (
    <AuthPage
      title="Confirm your address"
      lead={
        address && (
          <>
            One press makes the account of <strong className="font-medium break-all text-foreground">{address}</strong>{' '}
            and signs you in.
          </>
        )
      }
    >
      <FlashMessage flash={flash} fields={[]} />
      {address ? <Confirm /> : <WithoutLink />}
    </AuthPage>
  )
}

export default ConfirmPage

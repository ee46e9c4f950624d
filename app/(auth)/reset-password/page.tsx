// Reset password: where the link of a mail leads. Nothing is used up before a new password is sent.
import type { Metadata } from 'next'
import { readFlash, readResetAddress } from '@/lib/web/page-flow'
import { passwordMinLength } from '@/lib/web/passwords'
import { AuthPage } from '../../_components/auth-page'
import { ButtonLink } from '../../_components/button'
import { buttonVariants } from '../../_components/button-variants'
import { PasswordField, TextField } from '../../_components/field'
import { FlashMessage } from '../../_components/flash-message'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'

export const metadata: Metadata = { title: 'Choose a new password' }

const WithoutLink = () => (
  <div className="grid gap-5">
    <p>
      This page needs an unused link from our mail, opened in this browser within the last ten minutes. Open the link
      again, or ask for a new one.
    </p>
    <ButtonLink href="/forgot-password">Ask for a new link</ButtonLink>
  </div>
)

const ResetPasswordPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const flash = await readFlash('/reset-password', single((await searchParams).flash))
  const address = await readResetAddress()
  return (
    <AuthPage
      title="Choose a new password"
      lead={address && 'Every session ends with it, on every device. Then sign in with the new one.'}
    >
      <FlashMessage flash={flash} fields={['password']} />
      {address ? (
        <form method="post" action="/api/auth/password/reset" noValidate className="grid gap-5">
          <TextField
            id="username"
            label="Email address"
            type="email"
            autoComplete="username"
            defaultValue={address}
            required={false}
            readOnly
            className="border-transparent bg-muted"
          />
          <PasswordField
            id="password"
            label="New password"
            hint={`At least ${passwordMinLength()} characters. A few unrelated words are easy to remember.`}
            autoComplete="new-password"
            error={flash?.errors.password}
          />
          <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Changing…">
            Change password
          </SubmitButton>
        </form>
      ) : (
        <WithoutLink />
      )}
    </AuthPage>
  )
}

export default ResetPasswordPage

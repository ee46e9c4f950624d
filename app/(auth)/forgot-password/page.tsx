// Forgot password: an address, and the same answer whoever's it is.
import type { Metadata } from 'next'
import { readFlash } from '@/lib/web/page-flow'
import { AuthPage } from '../../_components/auth-page'
import { buttonVariants } from '../../_components/button-variants'
import { TextField } from '../../_components/field'
import { FlashMessage } from '../../_components/flash-message'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'
import { TextLink } from '../../_components/text-link'

export const metadata: Metadata = { title: 'Forgot your password?' }

const ForgotPasswordPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const flash = await readFlash('/forgot-password', single((await searchParams).flash))
  return (
    <AuthPage
      title="Forgot your password?"
      lead="We send a link to your address. It lets you choose a new password and changes nothing by itself."
      below={
        <>
          Remembered it? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <FlashMessage flash={flash} fields={['email']} />
      <form method="post" action="/api/auth/password/forgot" noValidate className="grid gap-5">
        <TextField
          id="email"
          label="Email address"
          type="email"
          autoComplete="username"
          defaultValue={flash?.values.email}
          error={flash?.errors.email}
        />
        <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Sending…">
          Send the link
        </SubmitButton>
      </form>
    </AuthPage>
  )
}

export default ForgotPasswordPage

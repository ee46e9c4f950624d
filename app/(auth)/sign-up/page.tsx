// Sign up: name, address, password. What follows is the same for every address.
import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { readFlash } from '@/lib/web/page-flow'
import { passwordMinLength } from '@/lib/web/passwords'
import { AuthPage } from '../../_components/auth-page'
import { buttonVariants } from '../../_components/button-variants'
import { PasswordField, TextField } from '../../_components/field'
import { FlashMessage } from '../../_components/flash-message'
import { knownSession } from '../../_components/known-session'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'
import { TextLink } from '../../_components/text-link'

export const metadata: Metadata = { title: 'Sign up' }

const SignUpPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const known = await knownSession()
  // A demo user may want an account of their own: the demo session ends when it is there.
  if (known && !known.user.demo) redirect('/dashboard' as Route)
  const flash = await readFlash('/sign-up', single((await searchParams).flash))
  return (
    <AuthPage
      title="Sign up"
      lead="We send a code to your address. Your account is made when you enter it."
      below={
        <>
          Have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <FlashMessage flash={flash} fields={['name', 'email', 'password']} />
      <form method="post" action="/api/auth/sign-up" noValidate className="grid gap-5">
        <TextField
          id="name"
          label="Name"
          autoComplete="name"
          maxLength={80}
          defaultValue={flash?.values.name}
          error={flash?.errors.name}
        />
        <TextField
          id="email"
          label="Email address"
          type="email"
          autoComplete="username"
          defaultValue={flash?.values.email}
          error={flash?.errors.email}
        />
        <PasswordField
          id="password"
          label="Password"
          hint={`At least ${passwordMinLength()} characters. A few unrelated words are easy to remember.`}
          autoComplete="new-password"
          error={flash?.errors.password}
        />
        <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Signing up…">
          Sign up
        </SubmitButton>
      </form>
    </AuthPage>
  )
}

export default SignUpPage

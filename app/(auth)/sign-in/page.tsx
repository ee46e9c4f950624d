// Sign in: address and password, or a demo session in local mode. Says why the last session ended when that is known.
import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { safeRedirect } from '@/lib/core/redirect'
import { readLastWay } from '@/lib/web/last-way'
import { isLocal } from '@/lib/web/local-mode'
import { readFlash } from '@/lib/web/page-flow'
import { relyingParty } from '@/lib/web/passkeys-view'
import { offeredProviders, offersEmailSignIn } from '@/lib/web/ways-in'
import { AuthPage } from '../../_components/auth-page'
import { buttonVariants } from '../../_components/button-variants'
import { DemoForm } from '../../_components/demo-form'
import { PasswordField, TextField } from '../../_components/field'
import { FlashMessage } from '../../_components/flash-message'
import { knownSession } from '../../_components/known-session'
import { LastUsed } from '../../_components/last-used'
import { ProviderButtons } from '../../_components/provider-buttons'

import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'
import { TextLink } from '../../_components/text-link'
import { PasskeyForm } from '../../_passkeys/passkey-form'
import { PasskeySignals } from '../../_passkeys/passkey-signals'

export const metadata: Metadata = { title: 'Sign in' }

const KeepSignedIn = ({ checked }: { checked: boolean }) => (
  <label htmlFor="remember" className="flex min-h-11 items-center gap-3">
    <input
      id="remember"
      name="remember"
      type="checkbox"
      value="on"
      defaultChecked={checked}
      className="size-5 shrink-0 accent-primary"
    />
    Keep me signed in
  </label>
)

const Or = () => (
  <div
    aria-hidden="true"
    className="flex items-center gap-3 text-sm text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border"
  >
    or
  </div>
)

const SignInPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const query = await searchParams
  const next = safeRedirect(single(query.next), '')
  const held = single(query.held)
  if (await knownSession()) redirect((next || '/dashboard') as Route)
  const flash = await readFlash('/sign-in', single(query.flash))
  const party = relyingParty()
  const last = await readLastWay()
  const forgotten = flash?.code === 'unknown_passkey' ? flash.values.credential : undefined
  return (
    <AuthPage
      title="Sign in"
      below={
        <>
          New here? <TextLink href="/sign-up">Sign up</TextLink>
        </>
      }
    >
      <FlashMessage flash={flash} fields={['email', 'password']} />
      <form method="post" action="/api/auth/sign-in" noValidate className="grid gap-5">
        {next && <input type="hidden" name="next" value={next} />}
        {held && <input type="hidden" name="held" value={held} />}
        <TextField
          id="email"
          label="Email address"
          type="email"
          autoComplete="username webauthn"
          defaultValue={flash?.values.email}
          error={flash?.errors.email}
        />
        <PasswordField id="password" label="Password" autoComplete="current-password" error={flash?.errors.password} />
        <p>
          <TextLink href="/forgot-password">Forgot your password?</TextLink>
        </p>
        <KeepSignedIn checked={flash?.values.remember === 'on'} />
        <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Signing in…">
          Sign in
        </SubmitButton>
        <LastUsed way="password" last={last} />
        {offersEmailSignIn() && (
          <button
            data-slot="button"
            type="submit"
            formAction="/api/auth/sign-in/email"
            className={buttonVariants({ variant: 'outline', size: 'wide' })}
          >
            Email me a code instead
          </button>
        )}
        <LastUsed way="email" last={last} />
      </form>
      {party && (
        <PasskeyForm
          action="/api/auth/passkeys/sign-in"
          options="/api/auth/passkeys/sign-in/options"
          origin={party.origin}
          label="Sign in with a passkey"
          without="Signing in with a passkey needs scripts."
          offer
        >
          {next && <input type="hidden" name="next" value={next} />}
          {held && <input type="hidden" name="held" value={held} />}
          <input type="hidden" name="remember" value="on" disabled />
        </PasskeyForm>
      )}
      <LastUsed way="passkey" last={last} />
      {party && forgotten && <PasskeySignals unknown={{ rpId: party.id, credentialId: forgotten }} />}
      {(isLocal() || offeredProviders().length > 0) && <Or />}
      <ProviderButtons next={next} />
      <LastUsed way="provider" last={last} />
      <DemoForm look="outline" size="wide" next={next || undefined} />
    </AuthPage>
  )
}

export default SignInPage

// Step-up: somebody who is signed in proves once more who they are, and goes on with what they were about to do.
import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { safeRedirect } from '@/lib/core/redirect'
import { readFlash, readMailedCodes } from '@/lib/web/page-flow'
import { relyingParty } from '@/lib/web/passkeys-view'
import { readSecurity } from '@/lib/web/settings'
import { ButtonLink } from '../../_components/button'
import { buttonVariants } from '../../_components/button-variants'
import { CodeField } from '../../_components/code-field'
import { Disclosure } from '../../_components/disclosure'
import { PasswordField, TextField } from '../../_components/field'
import { HeldForm } from '../../_components/held-form'
import { NarrowPage } from '../../_components/narrow-page'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'
import { PasskeyForm } from '../../_passkeys/passkey-form'

export const metadata: Metadata = { title: 'Confirm it is you' }

type ProofProps = { email: string; error: string | undefined }

const Proof = ({ email, error }: ProofProps) => (
  <>
    <TextField
      id="username"
      label="Email address"
      type="email"
      autoComplete="username"
      defaultValue={email}
      required={false}
      readOnly
      className="border-transparent bg-muted"
    />
    <PasswordField id="password" label="Password" autoComplete="current-password" error={error} />
  </>
)

const ReauthenticatePage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const query = await searchParams
  const next = safeRedirect(single(query.next), '/dashboard')
  const held = single(query.held)
  const { email, userId, demo, fresh, password, passkeys, authenticator } = await readSecurity()
  const party = relyingParty()
  const sent = (await readMailedCodes()).mailedProof !== undefined
  const flash = await readFlash('/reauthenticate', single(query.flash))
  // Signing in again on the way here was proof enough.
  if (fresh && !held && !flash) redirect(next as Route)
  return (
    <NarrowPage
      title="Confirm it is you"
      lead={
        demo
          ? 'Some changes need a fresh proof. A demo user has no password: one press is enough.'
          : 'Some changes need a fresh proof of who you are. It holds for ten minutes.'
      }
    >
      <HeldForm action="/api/auth/reauthenticate" as={userId} className="grid gap-5">
        <input type="hidden" name="next" value={next} />
        {held && <input type="hidden" name="held" value={held} />}
        {password && !demo && <Proof email={email} error={flash?.errors.password} />}
        {!password && <CodeField id="mailCode" flash={flash} />}
        <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Confirming…">
          Confirm
        </SubmitButton>
      </HeldForm>
      {!password && (
        <HeldForm action="/api/auth/reauthenticate/email" as={userId}>
          <input type="hidden" name="next" value={next} />
          {held && <input type="hidden" name="held" value={held} />}
          <SubmitButton className={buttonVariants({ variant: 'outline', size: 'wide' })} busy="Sending…">
            {sent ? 'Send another code' : 'Email me a code'}
          </SubmitButton>
        </HeldForm>
      )}
      {party && passkeys > 0 && (
        <PasskeyForm
          action="/api/auth/passkeys/reauthenticate"
          options="/api/auth/passkeys/reauthenticate/options"
          origin={party.origin}
          label="Confirm with a passkey"
          without="Confirming with a passkey needs scripts."
        >
          <input type="hidden" name="as" value={userId} />
          <input type="hidden" name="next" value={next} />
          {held && <input type="hidden" name="held" value={held} />}
        </PasskeyForm>
      )}
      {authenticator && (
        <Disclosure label="Use a code of the authenticator app" group="proof" open={flash?.errors.code !== undefined}>
          <HeldForm action="/api/auth/reauthenticate" as={userId} className="grid gap-5">
            <input type="hidden" name="next" value={next} />
            {held && <input type="hidden" name="held" value={held} />}
            <TextField
              id="code"
              label="Code"
              hint="Six digits, such as 123 456."
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={16}
              error={flash?.errors.code}
            />
            <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Confirming…">
              Confirm with the code
            </SubmitButton>
          </HeldForm>
        </Disclosure>
      )}
      <ButtonLink href={next} variant="ghost">
        Not now
      </ButtonLink>
    </NarrowPage>
  )
}

export default ReauthenticatePage

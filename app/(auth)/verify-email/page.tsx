// Check your mail: the code that proves an address.
import type { Metadata } from 'next'
import type { Flash } from '@/lib/web/flow'
import { isLocal } from '@/lib/web/local-mode'
import { readFlash, readPendingSignUp } from '@/lib/web/page-flow'
import { isFault } from '@/lib/web/words'
import { AuthPage } from '../../_components/auth-page'
import { ButtonLink } from '../../_components/button'
import { buttonVariants } from '../../_components/button-variants'
import { TextField } from '../../_components/field'
import { FlashMessage } from '../../_components/flash-message'
import { ResendButton } from '../../_components/resend-button'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'
import { TextLink } from '../../_components/text-link'

export const metadata: Metadata = { title: 'Check your mail' }

const NothingPending = ({ flash }: { flash: Flash | null }) => (
  <AuthPage
    title="No sign-up is waiting here"
    below={
      <>
        Have an account? <TextLink href="/sign-in">Sign in</TextLink>
      </>
    }
  >
    <FlashMessage flash={flash} fields={[]} />
    <p>
      This browser has no sign-up under way, or it waited longer than ten minutes. If you have our mail, its link still
      works.
    </p>
    <ButtonLink href="/sign-up">Sign up</ButtonLink>
  </AuthPage>
)

const VerifyEmailPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const pending = await readPendingSignUp()
  const flash = await readFlash('/verify-email', single((await searchParams).flash))
  if (!pending) return <NothingPending flash={flash} />
  return (
    <AuthPage
      title="Check your mail"
      lead={
        <>
          We sent a mail to <strong className="font-medium break-all text-foreground">{pending.email}</strong>.
        </>
      }
      below={
        <>
          Another address? <TextLink href="/sign-up">Sign up again</TextLink>
        </>
      }
    >
      <FlashMessage flash={flash} fields={['code']} />
      <form method="post" action="/api/auth/verify-email" noValidate className="grid gap-5">
        <TextField
          id="code"
          label="Code"
          hint="Six digits, such as 123 456."
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={16}
          error={
            flash?.errors.code ??
            (flash?.code === 'invalid_code' ? 'Check the six digits, or ask for another mail below.' : undefined)
          }
          className="font-mono text-xl tracking-[0.2em]"
        />
        <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Checking…">
          Confirm
        </SubmitButton>
      </form>
      <ResendButton
        action="/api/auth/verify-email/resend"
        label="Send another mail"
        className={buttonVariants({ variant: 'outline', size: 'wide' })}
        justSent={!flash || !isFault(flash.code)}
      />
      {isLocal() && (
        <p className="text-center text-muted-foreground">
          In local mode it is here: <TextLink href="/dev/mail">Local mailbox</TextLink>
        </p>
      )}
    </AuthPage>
  )
}

export default VerifyEmailPage

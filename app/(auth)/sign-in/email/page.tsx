// Sign in by mail: the code that is on its way to an address, if that has an account.
import type { Metadata, Route } from 'next'
import { safeRedirect } from '@/lib/core/redirect'
import { isLocal } from '@/lib/web/local-mode'
import { readFlash, readMailedCodes } from '@/lib/web/page-flow'
import { AuthPage } from '../../../_components/auth-page'
import { ButtonLink } from '../../../_components/button'
import { buttonVariants } from '../../../_components/button-variants'
import { CodeField } from '../../../_components/code-field'
import { FlashMessage } from '../../../_components/flash-message'
import { ResendButton } from '../../../_components/resend-button'
import { type SearchParams, single } from '../../../_components/search-params'
import { SubmitButton } from '../../../_components/submit-button'
import { TextLink } from '../../../_components/text-link'

export const metadata: Metadata = { title: 'Check your mail' }

const EmailSignInPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const query = await searchParams
  const [next, held] = [safeRedirect(single(query.next), ''), single(query.held)]
  const kept = { ...(next && { next }), ...(held && { held }) }
  const onwards = (Object.keys(kept).length === 0 ? '/sign-in' : `/sign-in?${new URLSearchParams(kept)}`) as Route
  const flash = await readFlash('/sign-in/email', single(query.flash))
  const { mailed } = await readMailedCodes()
  if (!mailed)
    return (
      <AuthPage title="No sign-in is waiting here">
        <p>This browser has asked for no code, or it waited longer than ten minutes.</p>
        <ButtonLink href={onwards}>Sign in</ButtonLink>
      </AuthPage>
    )
  const hidden = Object.entries(kept).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ))
  return (
    <AuthPage
      title="Check your mail"
      lead={
        <>
          If there is an account for <strong className="font-medium break-all text-foreground">{mailed.email}</strong>,
          a code is on its way. It is good for ten minutes.
        </>
      }
      below={
        <>
          Another way? <TextLink href={onwards}>Sign in</TextLink>
        </>
      }
    >
      <FlashMessage flash={flash} fields={['code']} />
      <form method="post" action="/api/auth/sign-in/email/verify" noValidate className="grid gap-5">
        {hidden}
        <CodeField flash={flash} />
        <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Checking…">
          Sign in
        </SubmitButton>
      </form>
      <ResendButton
        action="/api/auth/sign-in/email"
        label="Send another code"
        className={buttonVariants({ variant: 'outline', size: 'wide' })}
        justSent={flash === null}
      >
        {hidden}
        <input type="hidden" name="email" value={mailed.email} />
        {mailed.remember && <input type="hidden" name="remember" value="on" />}
      </ResendButton>
      {isLocal() && (
        <p className="text-center text-muted-foreground">
          In local mode it is here: <TextLink href="/dev/mail">Local mailbox</TextLink>
        </p>
      )}
    </AuthPage>
  )
}

export default EmailSignInPage

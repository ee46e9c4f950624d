// The second factor of a sign-in: the code of the authenticator app, or one of the recovery codes.
import type { Metadata, Route } from 'next'
import { safeRedirect } from '@/lib/core/redirect'
import { readFlash, readPendingFactor } from '@/lib/web/page-flow'
import { AuthPage } from '../../../_components/auth-page'
import { ButtonLink } from '../../../_components/button'
import { buttonVariants } from '../../../_components/button-variants'
import { TextField } from '../../../_components/field'
import { FlashMessage } from '../../../_components/flash-message'
import { type SearchParams, single } from '../../../_components/search-params'
import { SubmitButton } from '../../../_components/submit-button'
import { TextLink } from '../../../_components/text-link'

export const metadata: Metadata = { title: 'Second factor' }

const path = '/sign-in/second-factor'

const Waited = ({ onwards }: { onwards: string }) => (
  <AuthPage title="No sign-in is waiting here">
    <p>This browser has no sign-in under way, or it waited longer than five minutes.</p>
    <ButtonLink href={`/sign-in${onwards}` as Route}>Sign in</ButtonLink>
  </AuthPage>
)

const ways = {
  totp: {
    lead: 'Enter the code that your authenticator app shows.',
    label: 'Code',
    hint: 'Six digits, such as 123 456.',
    other: 'Use a recovery code',
  },
  recovery_code: {
    lead: 'Enter one of the recovery codes that you kept. Each works once.',
    label: 'Recovery code',
    hint: 'Four groups of four, such as 0123-4567-89ab-cdef.',
    other: 'Use the authenticator app',
  },
} as const

const SecondFactorPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const query = await searchParams
  const [next, held] = [safeRedirect(single(query.next), ''), single(query.held)]
  const kept = { ...(next && { next }), ...(held && { held }) }
  const onwards = Object.keys(kept).length === 0 ? '' : `?${new URLSearchParams(kept)}`
  const flash = await readFlash(path, single(query.flash))
  if (!(await readPendingFactor())) return <Waited onwards={onwards} />
  const method = (single(query.method) ?? flash?.values.method) === 'recovery_code' ? 'recovery_code' : 'totp'
  const other = method === 'totp' ? 'recovery_code' : 'totp'
  const { lead, label, hint } = ways[method]
  return (
    <AuthPage
      title="One more step"
      lead={lead}
      below={
        <>
          Somebody else? <TextLink href={`/sign-in${onwards}` as Route}>Begin again</TextLink>
        </>
      }
    >
      <FlashMessage flash={flash} fields={['code']} />
      <form method="post" action="/api/auth/sign-in/second-factor" noValidate className="grid gap-5">
        <input type="hidden" name="method" value={method} />
        {next && <input type="hidden" name="next" value={next} />}
        {held && <input type="hidden" name="held" value={held} />}
        <TextField
          id="code"
          label={label}
          hint={hint}
          inputMode={method === 'totp' ? 'numeric' : 'text'}
          autoComplete={method === 'totp' ? 'one-time-code' : 'off'}
          autoCapitalize="off"
          spellCheck={false}
          maxLength={32}
          error={flash?.errors.code}
          className="font-mono text-xl tracking-[0.1em]"
        />
        <SubmitButton className={buttonVariants({ size: 'wide' })} busy="Checking…">
          Sign in
        </SubmitButton>
      </form>
      <p>
        <TextLink href={`${path}?${new URLSearchParams({ ...kept, method: other })}` as Route}>
          {ways[method].other}
        </TextLink>
      </p>
    </AuthPage>
  )
}

export default SecondFactorPage

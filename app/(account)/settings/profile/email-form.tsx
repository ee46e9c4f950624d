// Another address: asked for, and then the code that went there.
import type { Flash } from '@/lib/web/flow'
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { CodeField } from '../../../_components/code-field'
import { TextField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { SubmitButton } from '../../../_components/submit-button'

type Props = { userId: string; email: string; waiting: string | null; flash: Flash | null }

export const EmailForm = ({ userId, email, waiting, flash }: Props) => (
  <section aria-labelledby="email-heading">
    <Card className="grid max-w-xl gap-5 sm:p-6">
      <div className="grid gap-2">
        <h2 id="email-heading" className="text-xl font-semibold tracking-tight">
          Your address
        </h2>
        <p className="text-muted-foreground">
          It is <strong className="font-medium break-all text-foreground">{email}</strong>. A new one gets a code by
          mail first, and this one is told of the change.
        </p>
      </div>
      {waiting !== null && (
        <HeldForm action="/api/auth/email/confirm" as={userId} fresh className="grid gap-5">
          <p>
            A code is on its way to <strong className="font-medium break-all">{waiting}</strong>.
          </p>
          <CodeField flash={flash} />
          <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Changing…">
            Change to this address
          </SubmitButton>
        </HeldForm>
      )}
      <HeldForm action="/api/auth/email/change" as={userId} fresh className="grid gap-5">
        <TextField
          id="email"
          label="New email address"
          type="email"
          autoComplete="email"
          defaultValue={flash?.values.email ?? waiting ?? ''}
          error={flash?.errors.email}
        />
        <SubmitButton
          className={buttonVariants({
            variant: waiting === null ? 'default' : 'outline',
            className: 'justify-self-start',
          })}
          busy="Sending…"
        >
          {waiting === null ? 'Send the code' : 'Send another code'}
        </SubmitButton>
      </HeldForm>
    </Card>
  </section>
)

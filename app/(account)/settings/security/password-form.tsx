// Changes the password: the one of now as a proof, and the new one.
import type { ReactNode } from 'react'
import { passwordMinLength } from '@/lib/web/passwords'
import { AccountAddress } from '../../../_components/account-address'
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { PasswordField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { SubmitButton } from '../../../_components/submit-button'

type Props = { email: string; userId: string; errors: Readonly<Record<string, string>>; children?: ReactNode }

export const PasswordForm = ({ email, userId, errors, children }: Props) => (
  <section aria-labelledby="password">
    <Card className="grid max-w-xl gap-5 sm:p-6">
      <div className="grid gap-2">
        <h2 id="password" className="text-xl font-semibold tracking-tight">
          Change your password
        </h2>
        <p className="text-muted-foreground">
          This ends all your other sessions, and we tell you by mail at{' '}
          <strong className="font-medium break-all text-foreground">{email}</strong>. This device stays signed in.
        </p>
      </div>
      <HeldForm action="/api/auth/password/change" as={userId} className="grid gap-5">
        <AccountAddress email={email} />
        <PasswordField
          id="currentPassword"
          label="Current password"
          autoComplete="current-password"
          error={errors.currentPassword}
        />
        <PasswordField
          id="newPassword"
          label="New password"
          hint={`At least ${passwordMinLength()} characters. A few unrelated words are easy to remember.`}
          autoComplete="new-password"
          error={errors.newPassword}
        />
        <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Changing…">
          Change password
        </SubmitButton>
      </HeldForm>
      {children}
    </Card>
  </section>
)

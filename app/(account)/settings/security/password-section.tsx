// The password: changed or removed by who has one, set by who has none.
import { passwordMinLength } from '@/lib/web/passwords'
import { AccountAddress } from '../../../_components/account-address'
import { ButtonLink } from '../../../_components/button'
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { Disclosure } from '../../../_components/disclosure'
import { PasswordField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { SubmitButton } from '../../../_components/submit-button'
import { PasswordForm } from './password-form'

type Props = {
  email: string
  userId: string
  password: boolean
  removable: boolean
  fresh: boolean
  errors: Readonly<Record<string, string>>
}

const SetPassword = ({ email, userId, fresh, errors }: Omit<Props, 'password' | 'removable'>) => (
  <section aria-labelledby="password">
    <Card className="grid max-w-xl gap-5 sm:p-6">
      <div className="grid gap-2">
        <h2 id="password" className="text-xl font-semibold tracking-tight">
          Set a password
        </h2>
        <p className="text-muted-foreground">
          Your account has none. It works without, and one more way in may be handy.
        </p>
      </div>
      {fresh ? (
        <HeldForm action="/api/auth/password/set" as={userId} fresh className="grid gap-5">
          <AccountAddress email={email} />
          <PasswordField
            id="newPassword"
            label="New password"
            hint={`At least ${passwordMinLength()} characters. A few unrelated words are easy to remember.`}
            autoComplete="new-password"
            error={errors.newPassword}
          />
          <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Setting…">
            Set password
          </SubmitButton>
        </HeldForm>
      ) : (
        <ButtonLink href="/reauthenticate?next=/settings/security" variant="outline" className="justify-self-start">
          Confirm that it is you first
        </ButtonLink>
      )}
    </Card>
  </section>
)

const RemovePassword = ({ userId }: { userId: string }) => (
  <Disclosure label="Remove password" group="password">
    <HeldForm action="/api/auth/password/remove" as={userId} fresh className="grid gap-4">
      <p>You then sign in with your passkeys or connected accounts alone, and all your other sessions end.</p>
      <SubmitButton
        className={buttonVariants({ variant: 'destructive', className: 'justify-self-start' })}
        busy="Removing…"
      >
        Remove it
      </SubmitButton>
    </HeldForm>
  </Disclosure>
)

export const PasswordSection = ({ password, removable, ...rest }: Props) =>
  password ? (
    <PasswordForm email={rest.email} userId={rest.userId} errors={rest.errors}>
      {removable && <RemovePassword userId={rest.userId} />}
    </PasswordForm>
  ) : (
    <SetPassword {...rest} />
  )

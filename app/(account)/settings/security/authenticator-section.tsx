// The authenticator app: whether it is on, the way to turn it on or off, and how many recovery codes are left.
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { Disclosure } from '../../../_components/disclosure'
import { SelectField, TextField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { SubmitButton } from '../../../_components/submit-button'

type Props = { userId: string; on: boolean; recoveryCodes: number; errors: Readonly<Record<string, string>> }

const SetUp = ({ userId }: { userId: string }) => (
  <>
    <p className="text-muted-foreground">
      Off. With an app on your phone, a sign-in asks for a code that changes every 30 seconds, and your password alone
      opens nothing.
    </p>
    <HeldForm action="/api/auth/totp/begin" as={userId} fresh>
      <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Making a secret…">
        Set up
      </SubmitButton>
    </HeldForm>
  </>
)

type ProofProps = { id: string; userId: string; action: string; busy: string; label: string; error?: string }

/** @param id tells the fields of two such forms on a page apart */
const ProofForm = ({ id, userId, action, busy, label, error }: ProofProps) => (
  <HeldForm action={action} as={userId} fresh className="grid gap-4">
    <SelectField
      id={`${id}-method`}
      name="method"
      label="Proof"
      options={[
        ['totp', 'Code of the app'],
        ['recovery_code', 'Recovery code'],
      ]}
    />
    <TextField
      id={`${id}-code`}
      name="code"
      label="Code"
      autoComplete="one-time-code"
      autoCapitalize="off"
      spellCheck={false}
      maxLength={32}
      error={error}
    />
    <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy={busy}>
      {label}
    </SubmitButton>
  </HeldForm>
)

const left = (count: number) =>
  count === 1 ? 'One recovery code is left.' : `${count === 0 ? 'No' : count} recovery codes are left.`

const On = ({ userId, recoveryCodes, errors }: Omit<Props, 'on'>) => (
  <>
    <p className="text-muted-foreground">
      On: a sign-in asks for its code. {left(recoveryCodes)}
      {recoveryCodes < 3 && ' Make new ones before you need them.'}
    </p>
    <div className="flex flex-wrap gap-3">
      <Disclosure label="New recovery codes" group="authenticator">
        <ProofForm
          id="renew"
          userId={userId}
          action="/api/auth/recovery-codes"
          busy="Making…"
          label="Make new recovery codes"
          error={errors.code}
        />
      </Disclosure>
      <Disclosure label="Turn off" group="authenticator">
        <p className="mb-4">Your password alone then signs in, and all your other sessions end.</p>
        <ProofForm
          id="remove"
          userId={userId}
          action="/api/auth/totp/remove"
          busy="Turning off…"
          label="Turn off the app"
          error={errors.code}
        />
      </Disclosure>
    </div>
  </>
)

export const AuthenticatorSection = ({ on, ...rest }: Props) => (
  <section aria-labelledby="authenticator">
    <Card className="grid max-w-xl gap-5 sm:p-6">
      <h2 id="authenticator" className="text-xl font-semibold tracking-tight">
        Authenticator app
      </h2>
      {on ? <On {...rest} /> : <SetUp userId={rest.userId} />}
    </Card>
  </section>
)

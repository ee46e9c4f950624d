// Makes a token: what for, where it is good, and for how long.
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { SelectField, TextField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { SubmitButton } from '../../../_components/submit-button'

type Props = {
  userId: string
  audiences: readonly string[]
  ownAudience: string
  errors: Readonly<Record<string, string>>
  typed: Readonly<Record<string, string>>
}

export const TokenForm = ({ userId, audiences, ownAudience, errors, typed }: Props) => (
  <section aria-labelledby="make">
    <Card className="grid max-w-xl gap-5 sm:p-6">
      <h2 id="make" className="text-xl font-semibold tracking-tight">
        Make a token
      </h2>
      <HeldForm action="/api/auth/tokens" as={userId} fresh className="grid gap-5">
        <TextField
          id="name"
          label="Name"
          hint="What uses it, such as “nightly backup”, in at most 40 characters."
          autoComplete="off"
          maxLength={40}
          defaultValue={typed.name}
          error={errors.name}
        />
        <SelectField
          id="audience"
          label="Service"
          hint="It is good there and nowhere else."
          options={audiences.map((audience) => [audience, audience === ownAudience ? `${audience} (here)` : audience])}
          defaultValue={typed.audience}
          error={errors.audience}
        />
        <TextField
          id="days"
          label="Days until it expires"
          hint="From 1 to 365."
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          defaultValue={typed.days ?? '30'}
          error={errors.days}
        />
        <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Making…">
          Make token
        </SubmitButton>
      </HeldForm>
    </Card>
  </section>
)

// Accounts at other providers: those that sign in here, and those that could. Not there where no provider is set up.
import { readConnected } from '@/lib/web/settings'
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { HeldForm } from '../../../_components/held-form'
import { Moment } from '../../../_components/moment'
import { SubmitButton } from '../../../_components/submit-button'

export const ConnectedSection = async () => {
  const { userId, connected, others, now } = await readConnected()
  if (connected.length + others.length === 0) return null
  return (
    <section aria-labelledby="connected">
      <Card className="grid max-w-xl gap-5 sm:p-6">
        <h2 id="connected" className="text-xl font-semibold tracking-tight">
          Connected accounts
        </h2>
        <ul className="grid gap-4">
          {connected.map(({ provider, label, email, lastUsedAt }) => (
            <li key={provider} className="flex flex-wrap items-center justify-between gap-3">
              <div className="min-w-0">
                <p className="font-medium">{label}</p>
                <p className="text-sm break-all text-muted-foreground">
                  {email && `${email}, `}last used <Moment at={lastUsedAt} now={now} />
                </p>
              </div>
              <HeldForm action="/api/auth/connected/disconnect" as={userId} fresh>
                <input type="hidden" name="provider" value={provider} />
                <SubmitButton className={buttonVariants({ variant: 'outline' })} busy="Disconnecting…">
                  Disconnect<span className="sr-only"> {label}</span>
                </SubmitButton>
              </HeldForm>
            </li>
          ))}
          {others.map(({ id, label }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3">
              <p className="font-medium">{label}</p>
              <HeldForm action={`/api/auth/oidc/${id}`} as={userId} fresh>
                <input type="hidden" name="link" value="1" />
                <button data-slot="button" type="submit" className={buttonVariants({ variant: 'outline' })}>
                  Connect<span className="sr-only"> {label}</span>
                </button>
              </HeldForm>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  )
}

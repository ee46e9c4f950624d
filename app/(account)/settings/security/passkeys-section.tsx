// Passkeys: the list of them, and the way to another one. List, names and removals do without scripts.
import { readPasskeys } from '@/lib/web/passkeys-view'
import { Card } from '../../../_components/card'
import { TextField } from '../../../_components/field'
import { NewPasskeyForm } from '../../../_passkeys/new-passkey-form'
import { PasskeySignals } from '../../../_passkeys/passkey-signals'
import { PasskeyItem } from './passkey-item'

type Props = { userId: string; otherWays: boolean; errors: Readonly<Record<string, string>>; typed: string | undefined }

export const PasskeysSection = async ({ userId, otherWays, errors, typed }: Props) => {
  const { cards, party, known, now } = await readPasskeys()
  return (
    <section aria-labelledby="passkeys">
      <Card className="grid max-w-xl gap-5 sm:p-6">
        <div className="grid gap-2">
          <h2 id="passkeys" className="text-xl font-semibold tracking-tight">
            Passkeys
          </h2>
          <p className="text-muted-foreground">
            A passkey signs you in with your finger, your face or the PIN of your device. It counts as two factors, and
            no other site can ask for it.
          </p>
        </div>
        {cards.length === 0 ? (
          <p data-slot="empty" className="text-muted-foreground">
            You have none yet.
          </p>
        ) : (
          <ul className="grid grid-cols-1 gap-4">
            {cards.map((card) => (
              <PasskeyItem
                key={card.id}
                card={card}
                userId={userId}
                last={cards.length === 1 && !otherWays}
                now={now}
              />
            ))}
          </ul>
        )}
        {party ? (
          <NewPasskeyForm userId={userId} origin={party.origin}>
            <TextField
              id="passkey-name"
              name="name"
              label="Name of a new passkey"
              hint="What it is kept in, such as “phone”. Left empty, it is called after this browser."
              autoComplete="off"
              required={false}
              maxLength={40}
              defaultValue={typed}
              error={errors.name}
            />
          </NewPasskeyForm>
        ) : (
          <p>Passkeys need a host name, and this app runs at an IP address: none can be added here.</p>
        )}
        {known && <PasskeySignals accepted={known} />}
      </Card>
    </section>
  )
}

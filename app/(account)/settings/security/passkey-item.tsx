// One passkey in the list: when it was made and used, where it is kept, and the ways to rename and remove it.
import type { PasskeyCard } from '@/lib/web/passkeys-view'
import { Badge } from '../../../_components/badge'
import { buttonVariants } from '../../../_components/button-variants'
import { Disclosure } from '../../../_components/disclosure'
import { Fact } from '../../../_components/fact'
import { TextField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { Moment } from '../../../_components/moment'
import { SubmitButton } from '../../../_components/submit-button'

type Props = { card: PasskeyCard; userId: string; last: boolean; now: number }

const Rename = ({ card, userId }: Pick<Props, 'card' | 'userId'>) => (
  <Disclosure
    group={`of-${card.id}`}
    label={
      <>
        Rename<span className="sr-only"> the passkey {card.name}</span>
      </>
    }
  >
    <HeldForm action="/api/auth/passkeys/rename" as={userId} className="grid gap-4">
      <input type="hidden" name="id" value={card.id} />
      <TextField
        id={`name-${card.id}`}
        name="name"
        label="Name"
        autoComplete="off"
        maxLength={40}
        defaultValue={card.name}
      />
      <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Saving…">
        Save name
      </SubmitButton>
    </HeldForm>
  </Disclosure>
)

const Remove = ({ card, userId, last }: Omit<Props, 'now'>) => (
  <Disclosure
    group={`of-${card.id}`}
    label={
      <>
        Remove<span className="sr-only"> the passkey {card.name}</span>
      </>
    }
  >
    {last ? (
      <p>This is the only way into your account. Add another passkey or set a password first.</p>
    ) : (
      <HeldForm action="/api/auth/passkeys/remove" as={userId} fresh className="grid gap-4">
        <input type="hidden" name="id" value={card.id} />
        <p>It signs in no more, and all your other sessions end. This device stays signed in.</p>
        <SubmitButton
          className={buttonVariants({ variant: 'destructive', className: 'justify-self-start' })}
          busy="Removing…"
        >
          Remove it
        </SubmitButton>
      </HeldForm>
    )}
  </Disclosure>
)

export const PasskeyItem = ({ card, userId, last, now }: Props) => (
  <li data-slot="passkey" className="grid gap-4 rounded-lg border p-4">
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h3 className="min-w-0 text-lg font-semibold break-words">{card.name}</h3>
      <Badge variant="quiet">{card.backedUp ? 'Synced' : 'On one device'}</Badge>
    </div>
    <dl className="grid gap-4 sm:grid-cols-2">
      <Fact label="Made">
        <Moment at={card.createdAt} now={now} />
      </Fact>
      <Fact label="Last used">{card.lastUsedAt === null ? 'Never' : <Moment at={card.lastUsedAt} now={now} />}</Fact>
    </dl>
    <div className="flex flex-wrap items-start gap-3">
      <Rename card={card} userId={userId} />
      <Remove card={card} userId={userId} last={last} />
    </div>
  </li>
)

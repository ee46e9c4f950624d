// What its owner can do about a session: name it, end it, or sign out where it is this one.
import type { SessionCard } from '@/lib/web/own-sessions-view'
import { Button } from '../../../_components/button'
import { buttonVariants } from '../../../_components/button-variants'
import { Disclosure } from '../../../_components/disclosure'
import { TextField } from '../../../_components/field'
import { HeldForm } from '../../../_components/held-form'
import { SubmitButton } from '../../../_components/submit-button'
import { OfSession } from './session-title'

/** A name that was refused, and why. */
export type RefusedName = { id: string; typed: string; error: string }

type Props = { card: SessionCard; userId: string; refused?: RefusedName | undefined }

const Rename = ({ card, userId, refused }: Props) => (
  <Disclosure
    group={`of-${card.id}`}
    open={refused !== undefined}
    label={
      <>
        Rename
        <OfSession card={card} />
      </>
    }
  >
    <HeldForm action="/api/auth/sessions/rename" as={userId} className="grid gap-4">
      <input type="hidden" name="id" value={card.id} />
      <TextField
        // The message above links to the one field that was refused by its name.
        id={refused ? 'name' : `name-${card.id}`}
        name="name"
        label="Name"
        hint="Such as “Kitchen tablet”, in at most 40 characters. Empty takes the name away."
        autoComplete="off"
        maxLength={40}
        required={false}
        defaultValue={refused?.typed ?? card.name ?? ''}
        error={refused?.error}
      />
      <SubmitButton className={buttonVariants({ className: 'justify-self-start' })} busy="Saving…">
        Save name
      </SubmitButton>
    </HeldForm>
  </Disclosure>
)

const End = ({ card, userId }: Props) => (
  <Disclosure
    group={`of-${card.id}`}
    label={
      <>
        End session
        <OfSession card={card} />
      </>
    }
  >
    <HeldForm action="/api/auth/sessions/end" as={userId} fresh className="grid gap-4">
      <input type="hidden" name="id" value={card.id} />
      <p>
        Whoever uses that browser is signed out and has to sign in again. Our pages refuse it at once, the edge within 3
        seconds.
      </p>
      <SubmitButton
        className={buttonVariants({ variant: 'destructive', className: 'justify-self-start' })}
        busy="Ending…"
      >
        End it now
      </SubmitButton>
    </HeldForm>
  </Disclosure>
)

const SignOut = () => (
  <form method="post" action="/api/auth/sign-out">
    <Button variant="outline">Sign out</Button>
  </form>
)

export const SessionActions = ({ card, userId, refused }: Props) => (
  <>
    <Rename card={card} userId={userId} refused={refused} />
    {card.current ? <SignOut /> : <End card={card} userId={userId} />}
  </>
)

// Ends everything but this session, after a question that says how much that is.
import { buttonVariants } from '../../../_components/button-variants'
import { Disclosure } from '../../../_components/disclosure'
import { HeldForm } from '../../../_components/held-form'
import { SubmitButton } from '../../../_components/submit-button'

const howMany = (others: number): string =>
  others === 1 ? 'your one other session' : `your ${others.toLocaleString('en')} other sessions`

export const EndOthers = ({ others, userId }: { others: number; userId: string }) => (
  <Disclosure group="end-others" label="End all other sessions">
    <HeldForm action="/api/auth/sessions/end-others" as={userId} fresh className="grid gap-4">
      <p>
        This ends {howMany(others)}. Only this device stays signed in. Our pages refuse the others at once, the edge
        within 3 seconds.
      </p>
      <SubmitButton
        className={buttonVariants({ variant: 'destructive', className: 'justify-self-start' })}
        busy="Ending…"
      >
        End all others now
      </SubmitButton>
    </HeldForm>
  </Disclosure>
)

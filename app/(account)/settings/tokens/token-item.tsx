// One token in the list: where it is good, until when, when it was last used, and the way to end it.
import type { TokenCard } from '@/lib/web/personal-tokens-view'
import { Badge } from '../../../_components/badge'
import { buttonVariants } from '../../../_components/button-variants'
import { Card } from '../../../_components/card'
import { Disclosure } from '../../../_components/disclosure'
import { Fact } from '../../../_components/fact'
import { HeldForm } from '../../../_components/held-form'
import { Moment } from '../../../_components/moment'
import { SubmitButton } from '../../../_components/submit-button'

type Props = { card: TokenCard; userId: string; now: number }

const Revoke = ({ card, userId }: Omit<Props, 'now'>) => (
  <Disclosure
    group={`of-${card.id}`}
    label={
      <>
        Revoke<span className="sr-only"> the token {card.name}</span>
      </>
    }
  >
    <HeldForm action="/api/auth/tokens/revoke" as={userId} className="grid gap-4">
      <input type="hidden" name="id" value={card.id} />
      <p>Whatever uses it is refused from now on, and where it is in use already within five minutes.</p>
      <SubmitButton
        className={buttonVariants({ variant: 'destructive', className: 'justify-self-start' })}
        busy="Revoking…"
      >
        Revoke it now
      </SubmitButton>
    </HeldForm>
  </Disclosure>
)

export const TokenItem = ({ card, userId, now }: Props) => (
  <li data-slot="token">
    <Card className="grid gap-5 sm:p-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 text-lg font-semibold break-words">{card.name}</h3>
        {card.expiresAt <= now && <Badge variant="quiet">Expired</Badge>}
      </div>
      <dl className="grid gap-5 sm:grid-cols-2">
        <Fact label="Good at">
          <span className="break-all">{card.audience}</span>
        </Fact>
        <Fact label="Last used">{card.lastUsedAt === null ? 'Never' : <Moment at={card.lastUsedAt} now={now} />}</Fact>
        <Fact label="Made">
          <Moment at={card.createdAt} now={now} />
        </Fact>
        <Fact label="Expires">
          <Moment at={card.expiresAt} now={now} />
        </Fact>
      </dl>
      <div className="flex flex-wrap items-start gap-3">
        <Revoke card={card} userId={userId} />
      </div>
    </Card>
  </li>
)

// Where "this wasn't me" in a mail leads. Mail scanners follow links too, so nothing ends before a person presses the button.
import type { Metadata } from 'next'
import { readFlash } from '@/lib/web/page-flow'
import { readDisowned } from '@/lib/web/settings'
import { AuthPage } from '../../_components/auth-page'
import { ButtonLink } from '../../_components/button'
import { buttonVariants } from '../../_components/button-variants'
import { Fact } from '../../_components/fact'
import { FlashMessage } from '../../_components/flash-message'
import { Moment } from '../../_components/moment'
import { type SearchParams, single } from '../../_components/search-params'
import { SubmitButton } from '../../_components/submit-button'

export const metadata: Metadata = { title: 'This wasn’t me' }

type Disowned = NonNullable<Awaited<ReturnType<typeof readDisowned>>>

const Which = ({ card, now }: Pick<Disowned, 'card' | 'now'>) => (
  <dl className="grid gap-4">
    <Fact label="Browser and system">
      {card.browser} on {card.system}
    </Fact>
    <Fact label="Where">{card.from}</Fact>
    <Fact label="Signed in">
      <Moment at={card.createdAt} now={now} />
    </Fact>
  </dl>
)

const End = () => (
  <form method="post" action="/api/auth/sessions/disown" className="grid gap-3">
    <p>Whoever uses it is signed out. Our pages refuse it at once, the edge within 3 seconds.</p>
    <SubmitButton className={buttonVariants({ variant: 'destructive', size: 'wide' })} busy="Ending…">
      End this session
    </SubmitButton>
  </form>
)

const Afterwards = () => (
  <div className="grid gap-3">
    <p>Whoever was there may know your password. Sign in and change it: that ends every other session as well.</p>
    <ButtonLink href="/settings/security">Change your password</ButtonLink>
  </div>
)

const WithoutLink = () => (
  <div className="grid gap-3">
    <p>
      This page needs the link of our mail, opened in this browser within the last ten minutes. Open it again, or look
      at your sessions yourself: each of them can be ended there.
    </p>
    <ButtonLink href="/settings/sessions">See your sessions</ButtonLink>
  </div>
)

const NotMePage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const flash = await readFlash('/not-me', single((await searchParams).flash))
  const disowned = await readDisowned()
  return (
    <AuthPage title="This wasn’t me" lead={disowned && 'The mail was about this session:'}>
      <FlashMessage flash={flash} fields={[]} />
      {!disowned && <WithoutLink />}
      {disowned && <Which card={disowned.card} now={disowned.now} />}
      {disowned && !disowned.over && <End />}
      {disowned?.over && !flash && <p className="font-medium">That session has ended already.</p>}
      {disowned?.over && <Afterwards />}
    </AuthPage>
  )
}

export default NotMePage

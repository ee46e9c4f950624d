// The local mailbox: what would have been sent. Local mode only.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { isLocal } from '@/lib/web/local-mode'
import { listMails, type Mail } from '@/lib/web/mailbox'
import { ButtonLink } from '../../_components/button'
import { Card } from '../../_components/card'
import { MailIcon } from '../../_components/icons'
import { TextLink } from '../../_components/text-link'
import { MailTime } from './mail-time'

export const metadata: Metadata = { title: 'Local mailbox' }

const Empty = () => (
  <Card className="grid justify-items-start gap-4">
    <span className="grid size-11 place-items-center rounded-full bg-accent text-accent-foreground">
      <MailIcon />
    </span>
    <p>No mail yet. Mail lands here when somebody signs up on this machine.</p>
    <ButtonLink href="/sign-up">Sign up</ButtonLink>
  </Card>
)

const Line = ({ mail }: { mail: Mail }) => (
  <li>
    <a href={`/dev/mail/${mail.id}`} className="grid min-h-11 gap-0.5 px-5 py-4 hover:bg-accent sm:px-6">
      <span className="font-medium">{mail.subject}</span>
      <span className="flex flex-wrap justify-between gap-x-4 text-sm text-muted-foreground">
        <span className="min-w-0 break-all">To {mail.to}</span>
        <MailTime at={mail.at} />
      </span>
    </a>
  </li>
)

const MailboxPage = async () => {
  if (!isLocal()) notFound()
  const mails = await listMails()
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-2xl content-start gap-6 px-4 py-8 outline-none sm:px-6 sm:py-14"
    >
      <div className="grid gap-1.5">
        <h1 className="text-3xl font-semibold tracking-tight">Local mailbox</h1>
        <p className="text-muted-foreground">Mail of this machine, newest first. It goes nowhere else.</p>
        <TextLink href="/dev/mails" className="justify-self-start">
          All kinds of mail
        </TextLink>
      </div>
      {mails.length === 0 ? (
        <Empty />
      ) : (
        <ul className="divide-y overflow-hidden rounded-xl border bg-card">
          {mails.map((mail) => (
            <Line key={mail.id} mail={mail} />
          ))}
        </ul>
      )}
    </main>
  )
}

export default MailboxPage

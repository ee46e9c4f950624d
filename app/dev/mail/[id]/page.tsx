// One mail of the local mailbox, as text with links that work and as the HTML that a mail program would show.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { isLocal } from '@/lib/web/local-mode'
import { framedMail } from '@/lib/web/mail-frame'
import { readMail } from '@/lib/web/mailbox'
import { Card } from '../../../_components/card'
import { TextLink } from '../../../_components/text-link'
import { MailTime } from '../mail-time'
import { LinkedText } from './linked-text'

export const metadata: Metadata = { title: 'Mail' }

const MailPage = async ({ params }: { params: Promise<{ id: string }> }) => {
  if (!isLocal()) notFound()
  const mail = await readMail((await params).id)
  if (!mail) notFound()
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-2xl content-start gap-6 px-4 py-8 outline-none sm:px-6 sm:py-14"
    >
      <div className="grid gap-1.5">
        <TextLink href="/dev/mail" className="justify-self-start">
          All mail
        </TextLink>
        <h1 className="text-3xl font-semibold tracking-tight text-balance">{mail.subject}</h1>
        <p className="flex flex-wrap gap-x-4 text-muted-foreground">
          <span className="min-w-0 break-all">To {mail.to}</span>
          <MailTime at={mail.at} />
        </p>
      </div>
      <Card data-testid="mail-text" className="whitespace-pre-wrap">
        <LinkedText text={mail.text.trim()} />
      </Card>
      {mail.html && (
        <section aria-labelledby="html-part" className="grid gap-3">
          <h2 id="html-part" className="text-xl font-semibold tracking-tight">
            HTML part
          </h2>
          <p className="text-muted-foreground">Shown in a sandbox, in which links lead nowhere. Use those above.</p>
          <iframe
            title="HTML part of this mail"
            sandbox=""
            srcDoc={await framedMail(mail.html)}
            className="h-96 w-full rounded-xl border bg-card"
          />
        </section>
      )}
    </main>
  )
}

export default MailPage

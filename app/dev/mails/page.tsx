// Every mail that this app can send, to look at. Local mode only.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { isLocal } from '@/lib/web/local-mode'
import { framedSamples } from '@/lib/web/mail-frame'
import { Card } from '../../_components/card'
import { TextLink } from '../../_components/text-link'

export const metadata: Metadata = { title: 'All kinds of mail' }

const MailsPage = async () => {
  if (!isLocal()) notFound()
  const mails = await framedSamples()
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-2xl content-start gap-6 px-4 py-8 outline-none sm:px-6 sm:py-14"
    >
      <div className="grid gap-1.5">
        <TextLink href="/dev/mail" className="justify-self-start">
          Local mailbox
        </TextLink>
        <h1 className="text-3xl font-semibold tracking-tight">All kinds of mail</h1>
        <p className="text-muted-foreground">
          One sample of each, in the colours of this device. Its links lead nowhere here.
        </p>
      </div>
      <ul className="grid gap-8">
        {mails.map(({ name, subject, text, html }) => (
          <li key={name} className="grid gap-3">
            <h2 className="text-xl font-semibold tracking-tight">{subject}</h2>
            <iframe
              title={`HTML of “${subject}”`}
              sandbox=""
              loading="lazy"
              srcDoc={html}
              className="h-96 w-full rounded-xl border bg-card"
            />
            <details>
              <summary className="min-h-11 cursor-pointer py-2 font-medium">
                Text part<span className="sr-only"> of “{subject}”</span>
              </summary>
              <Card className="break-words whitespace-pre-wrap">{text.trim()}</Card>
            </details>
          </li>
        ))}
      </ul>
    </main>
  )
}

export default MailsPage

// Every mail that this app can send, one at a time, to look at. Local mode only.
import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { isLocal } from '@/lib/web/local-mode'
import { framedSample } from '@/lib/web/mail-frame'
import { Card } from '../../_components/card'
import { type SearchParams, single } from '../../_components/search-params'
import { TextLink } from '../../_components/text-link'

export const metadata: Metadata = { title: 'All kinds of mail' }

const MailsPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  if (!isLocal()) notFound()
  const { subjects, shown } = await framedSample(single((await searchParams).mail))
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-2xl grid-cols-1 content-start gap-6 px-4 py-8 outline-none sm:px-6 sm:py-14"
    >
      <div className="grid gap-1.5">
        <TextLink href="/dev/mail" className="justify-self-start">
          Local mailbox
        </TextLink>
        <h1 className="text-3xl font-semibold tracking-tight">All kinds of mail</h1>
        <p className="text-muted-foreground">
          A sample of each, in the colours of this device. Links inside lead nowhere here.
        </p>
      </div>
      <section aria-labelledby="shown" className="grid grid-cols-1 gap-3">
        <h2 id="shown" className="text-xl font-semibold tracking-tight">
          {shown.subject}
        </h2>
        <iframe
          title={`HTML of “${shown.subject}”`}
          sandbox=""
          srcDoc={shown.html}
          className="h-112 w-full rounded-xl border bg-card"
        />
        <h3 className="font-medium">Text part</h3>
        <Card className="wrap-anywhere whitespace-pre-wrap">{shown.text.trim()}</Card>
      </section>
      <nav aria-labelledby="kinds" className="grid gap-3">
        <h2 id="kinds" className="text-xl font-semibold tracking-tight">
          Kinds
        </h2>
        <ul className="grid">
          {subjects.map(({ name, subject }) => (
            <li key={name}>
              <a
                href={`/dev/mails?mail=${name}` as Route}
                aria-current={name === shown.name ? 'page' : undefined}
                className="inline-flex min-h-11 items-center underline underline-offset-4 aria-[current]:font-semibold aria-[current]:no-underline"
              >
                {subject}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </main>
  )
}

export default MailsPage

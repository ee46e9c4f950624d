// Anatomy: the visitor's own access token, taken apart, and its twins under other algorithms.
import type { Metadata } from 'next'
import { now as readClock } from '@/lib/clock'
import { type OwnToken, readOwnToken } from '@/lib/lab/own-token'
import { makeTwins } from '@/lib/lab/twins'
import { PageHeading } from '../_components/page-heading'
import { ClaimsList } from './claims-list'
import { Countdown } from './countdown'
import { Decoded } from './decoded'
import { Engineers } from './engineers'
import { Stranger } from './stranger'
import { TokenParts } from './token-parts'
import { TwinsTable } from './twins-table'

export const metadata: Metadata = { title: 'Lab: anatomy' }

const Section = ({ id, title, children }: { id: string; title: string; children: React.ReactNode }) => (
  <section aria-labelledby={id} className="grid gap-4">
    <h2 id={id} className="text-2xl font-semibold tracking-tight">
      {title}
    </h2>
    {children}
  </section>
)

const lifeLeft = (exp: number, now: number) => Math.max(0, Math.floor(exp - now / 1000))

const Anatomy = async ({ token, now }: { token: OwnToken; now: number }) => (
  <>
    <Section id="parts" title="Three parts">
      <TokenParts lengths={token.lengths} />
      <p className="max-w-prose">
        Everybody who holds it can read the first two. Nobody but this server can make the third, and it fits these
        words only. When this page was made, yours was good for another{' '}
        <strong className="tabular-nums">
          <Countdown seconds={lifeLeft(token.claims.exp, now)} /> seconds
        </strong>
        ; before that it is renewed without you.
      </p>
      <Engineers>
        <p>
          A JWS in compact form (RFC 7515 §7.1): each part is base64url (RFC 4648 §5) of what is shown here.{' '}
          {token.length} characters in the cookie
          {token.sealed && ', where it travels encrypted (RFC 7516)'}. The signature stays on the server: it is all that
          a thief would need.
        </p>
        <Decoded token={token} />
      </Engineers>
    </Section>
    <Section id="claims" title="What yours says">
      <ClaimsList claims={token.claims} />
    </Section>
    <Section id="twins" title="The same in other hands">
      <TwinsTable twins={await makeTwins(token.claims, now)} />
    </Section>
  </>
)

const AnatomyPage = async () => {
  const token = await readOwnToken()
  return (
    <>
      <PageHeading title="What a token is">
        A token is a note that the server has signed: who you are, and until when. Your browser shows it with each
        request, and everybody who checks the signature knows that the server wrote it. This is yours.
      </PageHeading>
      {token === null ? <Stranger path="/lab" /> : <Anatomy token={token} now={readClock()} />}
    </>
  )
}

export default AnatomyPage

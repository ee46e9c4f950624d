// Anatomy: the visitor's own access token, taken apart.
import type { Metadata } from 'next'
import { readOwnToken } from '@/lib/lab/own-token'
import { Fact, FactCard } from '../_components/fact'
import { PageHeading } from '../_components/page-heading'
import { Stranger } from './stranger'

export const metadata: Metadata = { title: 'Lab: anatomy' }

const AnatomyPage = async () => {
  const token = await readOwnToken()
  return (
    <>
      <PageHeading title="What a token is">
        A token is a note that the server has signed: who you are, and until when. This is yours, as it came with this
        request.
      </PageHeading>
      {token === null ? (
        <Stranger path="/lab" />
      ) : (
        <div className="grid items-start gap-6 lg:grid-cols-3">
          <FactCard id="header" title="Header">
            {Object.entries(token.header).map(([name, value]) => (
              <Fact key={name} label={name}>
                <span className="font-mono text-sm break-all">{value}</span>
              </Fact>
            ))}
          </FactCard>
          <FactCard id="payload" title="Payload">
            {Object.entries(token.claims).map(([name, value]) => (
              <Fact key={name} label={name}>
                <span className="font-mono text-sm break-all">{String(value)}</span>
              </Fact>
            ))}
          </FactCard>
          <FactCard id="signature" title="Signature">
            <Fact label="Made by the server, hidden here">{token.lengths[2]} characters</Fact>
          </FactCard>
        </div>
      )}
    </>
  )
}

export default AnatomyPage

// Personal access tokens: what scripts use in one's place, the way to a new one, and the end of each.
import type { Metadata } from 'next'
import { readTokens } from '@/lib/web/personal-tokens-view'
import { PageHeading } from '../../../_components/page-heading'
import { type SearchParams, single } from '../../../_components/search-params'
import { NewToken } from './new-token'
import { TokenForm } from './token-form'
import { TokenItem } from './token-item'

export const metadata: Metadata = { title: 'Tokens' }

const TokensPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { cards, secret, now, ...form } = await readTokens(single((await searchParams).flash))
  return (
    <>
      <PageHeading title="Personal access tokens">
        A token lets a script act as you at one service, without your password. Give each script its own, and revoke
        what you don’t know or no longer use.
      </PageHeading>
      {secret !== null && <NewToken secret={secret} />}
      <TokenForm {...form} />
      <section aria-labelledby="tokens" className="grid grid-cols-1 gap-4">
        <h2 id="tokens" className="text-xl font-semibold tracking-tight">
          Your tokens
        </h2>
        {cards.length === 0 ? (
          <p data-slot="empty" className="rounded-xl border border-dashed px-5 py-4 text-muted-foreground">
            You have none. When you make one, it is listed here with its last use.
          </p>
        ) : (
          <ul className="grid grid-cols-1 gap-4">
            {cards.map((card) => (
              <TokenItem key={card.id} card={card} userId={form.userId} now={now} />
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

export default TokensPage

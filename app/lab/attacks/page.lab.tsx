// The gallery of attacks: forged tokens, made from the visitor's own and shown to four parts of this running app.
import type { Metadata } from 'next'
import { groups } from '@/lib/lab/attacks/attack'
import { attacks } from '@/lib/lab/attacks/table'
import { unpackResults } from '@/lib/lab/attacks/verdicts'
import { readFlash } from '@/lib/web/page-flow'
import { getSession } from '@/lib/web/session'
import { FlashMessage } from '../../_components/flash-message'
import { PageHeading } from '../../_components/page-heading'
import { type SearchParams, single } from '../../_components/search-params'
import { Stranger } from '../stranger'
import { AttackCard } from './attack-card'
import { Runner } from './runner'
import { Surfaces } from './surfaces'

export const metadata: Metadata = { title: 'Lab: attacks' }

const path = '/lab/attacks'

const AttacksPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { ok } = await getSession()
  const flash = await readFlash(path, single((await searchParams).flash))
  const results = unpackResults(flash?.values.results ?? '')
  return (
    <>
      <PageHeading title={`${attacks.length} ways to get in, tried here`}>
        Each attack is made from your own token and shown, right now, to four parts of this running app. All four must
        refuse it. If one accepts, or two disagree, you will see it in red.
      </PageHeading>
      {results.length === 0 && <FlashMessage flash={flash} fields={[]} />}
      {ok ? (
        <Runner rows={attacks.map(({ id, title }) => ({ id, title }))} initial={results} />
      ) : (
        <Stranger path={path} />
      )}
      <Surfaces />
      {Object.entries(groups).map(([group, title]) => (
        <section key={group} aria-labelledby={group} className="grid gap-4">
          <h2 id={group} className="text-xl font-semibold tracking-tight">
            {title}
          </h2>
          <ul className="grid items-start gap-4 md:grid-cols-2">
            {attacks
              .filter((attack) => attack.group === group)
              .map((attack) => (
                <AttackCard key={attack.id} attack={attack} runnable={ok} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

export default AttacksPage

// The run that has just been made: who asked with which token, what they got, and where the app has noted it.
import { type LiveAsker, type LiveRefresh, liveAskers } from '@/lib/lab/live-refresh'
import { TextLink } from '../../_components/text-link'

const asks: Readonly<Record<LiveAsker, string>> = {
  firstTab: 'First tab, with number 1',
  secondTab: 'Second tab in the same moment, with number 1 too',
  ownerLater: 'First tab again, with number 2',
  thief: 'A thief, with a copy of number 1',
  ownerAtLast: 'First tab at last, with number 3',
}

export const LiveRun = ({ live, sid }: { live: LiveRefresh; sid: string }) => (
  <div role="status" className="grid gap-4 rounded-xl border-2 border-primary bg-accent p-5 sm:p-6">
    <ol className="grid gap-3">
      {liveAskers.map((asker) => (
        <li key={asker} data-live={asker} data-given={live[asker] ?? 'nothing'} className="border-s-2 ps-3">
          <span className="block font-medium">{asks[asker]}</span>
          <span className={live[asker] === null ? 'text-destructive' : ''}>
            {live[asker] === null ? 'Gets nothing: the session is over' : `Gets number ${live[asker]}`}
          </span>
        </li>
      ))}
    </ol>
    <p>
      The two tabs got the same token, so neither was signed out. The copy came back after its successor was in use: the
      session ended for both, and an owner with an address is told by mail.{' '}
      <TextLink href={`/settings/sessions/${sid}`}>See its family of tokens</TextLink>
    </p>
  </div>
)

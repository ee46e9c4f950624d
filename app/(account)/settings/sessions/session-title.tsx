// What a session is called: by its owner, else by where it is.
import type { SessionCard } from '@/lib/web/own-sessions-view'

type Named = Pick<SessionCard, 'name' | 'browser' | 'system'>

export const placeOf = ({ browser, system }: Named): string => `${browser} on ${system}`
export const titleOf = (card: Named): string => card.name ?? placeOf(card)

/** For whoever hears a control and not the card around it. */
export const OfSession = ({ card }: { card: Named }) => <span className="sr-only">: {titleOf(card)}</span>

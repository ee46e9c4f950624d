// A point in time: how far away it is, and exactly when, in UTC because the server does not know the reader's zone.

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** @example distanceInWords(3_600_000) // 'in 1 hour' */
const distanceInWords = (milliseconds: number): string => {
  const found = units.find(([, size]) => Math.abs(milliseconds) >= size)
  if (!found) return milliseconds > 0 ? 'in less than a minute' : 'just now'
  const [unit, size] = found
  return relative.format(Math.round(milliseconds / size), unit)
}

/** @param at milliseconds @param now milliseconds */
export const Moment = ({ at, now }: { at: number; now: number }) => (
  <time dateTime={new Date(at).toISOString()}>
    {distanceInWords(at - now)}{' '}
    <span className="block text-sm font-normal text-muted-foreground">{exact.format(at)} UTC</span>
  </time>
)

// What the keeper has to do next, and when. Pure: standing and time come in as arguments.
import type { Lives, Standing } from './standing'

export type Duty = 'refresh' | 'warn' | 'end'
export type Due = { duty: Duty; at: number }

const minute = 60_000
/** Two words about one moment differ by less, as the server's clock is told in whole seconds. */
const blur = 2000

/** How long before an end something is done about it, milliseconds; shorter for sessions that are short themselves. */
export const leads = ({ access, idle }: Lives) => ({
  refresh: Math.min(45_000, access / 5),
  warn: Math.min(2 * minute, idle / 4),
})

/** The session's own end, and whether it is one that no activity moves. */
export const endOf = ({ idleEnds, ends }: Standing): { at: number; final: boolean } =>
  idleEnds < ends ? { at: idleEnds, final: false } : { at: ends, final: true }

export const isNear = (standing: Standing, lives: Lives, now: number): boolean =>
  endOf(standing).at - now <= leads(lives).warn

/**
 * @param state `hidden` tabs leave the refresh to a visible one for as long as they can; `warned` is the end that people
 * were told of; `jitter` from 0 to 1 keeps many tabs from asking at once
 */
export const nextDuty = (
  standing: Standing,
  lives: Lives,
  state: { hidden: boolean; warned: number; jitter: number },
): Due => {
  const lead = leads(lives)
  const end = endOf(standing)
  const ahead = lead.refresh * (state.hidden ? 0.4 : 1) * (1 - state.jitter * 0.2)
  const dues: Due[] = [{ duty: 'end', at: end.at }]
  if (Math.abs(state.warned - end.at) > blur) dues.push({ duty: 'warn', at: end.at - lead.warn })
  // A token that lasts as long as its session needs no successor.
  if (standing.accessEnds < standing.ends - 1000) dues.push({ duty: 'refresh', at: standing.accessEnds - ahead })
  return dues.reduce((first, due) => (due.at < first.at ? due : first))
}

/** How long to wait after a failure, milliseconds. @param failures in a row, from 1 @param jitter from 0 to 1 */
export const backoff = (failures: number, jitter: number): number =>
  Math.min(minute, 1000 * 2 ** failures) * (0.75 + jitter / 2)

// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { endOf, type HolderState, type SessionState } from './session-state'
import type { EndReason } from './verdict'

const now = 1_800_000_000_000
const session = (changes: Partial<SessionState> = {}): SessionState => ({
  epoch: 2,
  idleExpiresAt: now + 1,
  expiresAt: now + 1,
  endedAt: null,
  endedReason: null,
  ...changes,
})
const holder = (changes: Partial<HolderState> = {}): HolderState => ({ epoch: 2, disabledAt: null, ...changes })

const table: [sentence: string, session: SessionState, holder: HolderState, reason: EndReason | null][] = [
  ['lives', session(), holder(), null],
  ['is idle from the very millisecond', session({ idleExpiresAt: now }), holder(), 'idle'],
  ['reaches its absolute end at the very millisecond', session({ expiresAt: now }), holder(), 'absolute'],
  ['says absolute when it is both', session({ expiresAt: now, idleExpiresAt: now }), holder(), 'absolute'],
  ['of an older epoch is over', session({ epoch: 1 }), holder(), 'all_ended'],
  ['D12 of an epoch to come is over as well', session({ epoch: 3 }), holder(), 'all_ended'],
  ['of a disabled user is over', session(), holder({ disabledAt: now - 1 }), 'user_disabled'],
  [
    'of a disabled user says so before anything about time',
    session({ expiresAt: 0, epoch: 1 }),
    holder({ disabledAt: now }),
    'user_disabled',
  ],
  ['that was ended says why', session({ endedAt: now - 1, endedReason: 'reuse' }), holder(), 'reuse'],
  [
    'that was ended says why before all else',
    session({ endedAt: now - 1, endedReason: 'replaced', expiresAt: 0 }),
    holder({ disabledAt: now }),
    'replaced',
  ],
  [
    'that was ended in the future is over now',
    session({ endedAt: now + 1000, endedReason: 'signed_out' }),
    holder(),
    'signed_out',
  ],
  ['that was ended at 0 is over', session({ endedAt: 0, endedReason: 'signed_out' }), holder(), 'signed_out'],
  ['that was ended without a reason was signed out', session({ endedAt: now }), holder(), 'signed_out'],
  [
    'that was ended for a reason we do not know was signed out',
    session({ endedAt: now, endedReason: '<script>' }),
    holder(),
    'signed_out',
  ],
  ['with a reason but no end still lives', session({ endedReason: 'reuse' }), holder(), null],
]

describe('a session', () => {
  test.each(table)('%s', (_, row, user, reason) => {
    expect(endOf(row, user, now)).toBe(reason)
  })

  test.each([
    ['signed_out'],
    ['replaced'],
    ['idle'],
    ['absolute'],
    ['reuse'],
    ['generation_ahead'],
    ['user_disabled'],
    ['all_ended'],
  ])('keeps %s as the reason', (reason) => {
    expect(endOf(session({ endedAt: now, endedReason: reason }), holder(), now)).toBe(reason)
  })
})

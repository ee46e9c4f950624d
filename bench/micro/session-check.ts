// Who is there, in Node: with the session's row, as pages ask, and by the token alone, as the gate does.
import { checkSession } from '../../lib/auth/check-session'
import { now } from '../../lib/clock'
import { verifyRemembered } from '../../lib/core/remembered'
import { carrying, enrol, openInstallation } from './installation'
import type { OpenSide } from './side'

export const withRow: OpenSide = async (place) => {
  const context = await openInstallation(place)
  const { tokens, user } = await enrol(context)
  const carried = carrying(tokens)
  return {
    once: async () => {
      const checked = await checkSession(context, carried, now())
      if (!checked.ok || checked.user.id !== user.id) throw new Error('The session was not found')
    },
    close: () => context.db.close(),
  }
}

export const withoutRow: OpenSide = async (place) => {
  const context = await openInstallation(place)
  const { tokens } = await enrol(context)
  return {
    once: async () => {
      const { keyring } = await context.keys(now())
      const verdict = await verifyRemembered(context.remembered, tokens.access, keyring, context.expected, now())
      if (!verdict.ok) throw new Error('The token was refused')
    },
    close: () => context.db.close(),
  }
}

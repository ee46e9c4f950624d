// What people may ask for about their authenticator app and recovery codes, by form or by call.
import {
  beginEnrolment,
  confirmEnrolment,
  enrolmentOf,
  removeAuthenticator,
  renewRecoveryCodes,
} from '../auth/authenticator'
import { type Action, defineAction } from './action'
import { enrolmentCodeBody, factorProofBody, nothing } from './api/bodies'
import { sessionView, userView } from './session-view'

const security = { path: '/settings/security', keep: [] }
/** Where the picture is, and afterwards the recovery codes. */
export const enrolmentPage = '/settings/security/authenticator'

export const beginTotpAction = defineAction({
  name: 'begin_totp',
  page: security,
  body: nothing,
  browser: true,
  fresh: () => true,
  run: async ({ holder, now }) => {
    const enrolment = beginEnrolment(holder, now)
    return {
      said: 'Scan the picture with your app, then enter the code that it shows.',
      page: enrolmentPage,
      body: enrolmentOf(enrolment, holder, now),
      flow: { enrolment },
    }
  },
})

/** Codes travel to the page that shows them in the seal of this browser, and are shown there once. */
const shownCodes = (codes: readonly string[], userId: string) => ({ codes: codes.join(' '), of: userId })

export const confirmTotpAction = defineAction({
  name: 'confirm_totp',
  page: { path: enrolmentPage, keep: [] },
  body: enrolmentCodeBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, flow, holder, client, now }, { code }) => {
    const { codes, tokens } = await confirmEnrolment(context, holder, flow.enrolment, code, client, now)
    return {
      said: 'Your authenticator app is on. All your other sessions have ended.',
      body: { codes },
      shown: shownCodes(codes, holder.user.id),
      flow: { enrolment: undefined },
      renewed: tokens,
    }
  },
})

export const removeTotpAction = defineAction({
  name: 'remove_totp',
  page: security,
  body: factorProofBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, client, now }, proof) => {
    const { tokens, user, session } = await removeAuthenticator(context, holder, proof, client, now)
    return {
      said: 'Your authenticator app is off. All your other sessions have ended.',
      body: { status: 'totp_removed', user: userView(user), session: sessionView(session) },
      renewed: tokens,
    }
  },
})

export const renewCodesAction = defineAction({
  name: 'renew_codes',
  page: security,
  body: factorProofBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, client, now }, proof) => {
    const codes = await renewRecoveryCodes(context, holder, proof, client, now)
    return {
      said: 'You have new recovery codes. Those before no longer work.',
      page: enrolmentPage,
      body: { codes },
      shown: shownCodes(codes, holder.user.id),
    }
  },
})

export const authenticatorActions: readonly Action[] = [
  beginTotpAction,
  confirmTotpAction,
  removeTotpAction,
  renewCodesAction,
]

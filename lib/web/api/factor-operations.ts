// The calls about second factors: the one that finishes a sign-in, and those that turn the authenticator app on and off.
import { json, needsProof, type Operation } from './operation'

export const ofFactors: readonly Operation[] = [
  {
    method: 'POST',
    path: '/api/auth/sign-in/second-factor',
    summary: 'Finishes a sign-in with the code of a second factor. The flow cookie says whose.',
    by: 'anybody',
    body: 'SecondFactor',
    answers: { 200: json('SignedIn') },
    refusals: ['sign_in_expired', 'invalid_code', 'invalid_fields', 'rate_limited'],
  },
  {
    method: 'POST',
    path: '/api/auth/totp/begin',
    summary:
      'A secret for an authenticator app. The flow cookie keeps it until it is confirmed; nothing is changed yet.',
    by: 'cookies',
    body: 'Nothing',
    answers: { 200: json('Enrolment') },
    refusals: needsProof,
  },
  {
    method: 'POST',
    path: '/api/auth/totp/confirm',
    summary: 'Turns the authenticator app on with its first code. All other sessions end, this one gets a new id.',
    by: 'cookies',
    body: 'EnrolmentCode',
    answers: { 200: json('RecoveryCodes') },
    refusals: [...needsProof, 'invalid_code', 'rate_limited'],
  },
  {
    method: 'POST',
    path: '/api/auth/totp/remove',
    summary: 'Turns the authenticator app off, by a code of it or a recovery code. All other sessions end.',
    by: 'cookies',
    body: 'FactorProof',
    answers: { 200: json('TotpRemoved') },
    refusals: [...needsProof, 'invalid_code', 'invalid_fields', 'rate_limited'],
  },
  {
    method: 'POST',
    path: '/api/auth/recovery-codes',
    summary: 'New recovery codes, by a code of the authenticator app or one of those before, which are void then.',
    by: 'cookies',
    body: 'FactorProof',
    answers: { 200: json('RecoveryCodes') },
    refusals: [...needsProof, 'invalid_code', 'invalid_fields', 'rate_limited'],
  },
]

// The calls about an account as a whole: its data, its end, and the way back.
import { empty, json, needsProof, type Operation } from './operation'

export const ofAccount: readonly Operation[] = [
  {
    method: 'POST',
    path: '/api/auth/account/export',
    summary: 'Everything that is kept about you, as a file.',
    by: 'cookies',
    body: 'OfHolder',
    answers: { 200: json('OwnData') },
    refusals: [...needsProof, 'rate_limited'],
  },
  {
    method: 'POST',
    path: '/api/auth/account/delete',
    summary: 'Deletes your account. Every session and token is dead at once; a mail can undo it for seven days.',
    by: 'cookies',
    body: 'DeleteAccount',
    answers: { 204: empty },
    refusals: [...needsProof, 'invalid_fields'],
  },
  {
    method: 'POST',
    path: '/api/auth/account/restore',
    summary: 'Brings a deleted account back, by the token of the mailed link. Nobody is signed in.',
    by: 'anybody',
    body: 'Disown',
    answers: { 200: json('Restored') },
    refusals: ['invalid_link', 'invalid_fields', 'rate_limited'],
  },
]

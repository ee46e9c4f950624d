// The calls about other providers: the way there, and the end of a connection.
import { json, needsProof, type Operation } from './operation'

export const ofProviders: readonly Operation[] = [
  {
    method: 'POST',
    path: '/api/auth/oidc/[id]',
    summary: 'Begins a sign-in with another provider, or connects an account there. A form is led on to it.',
    by: 'anybody',
    body: 'Provider',
    answers: { 200: json('Authorization') },
    refusals: [
      ...needsProof,
      'not_found',
      'provider_mismatch',
      'provider_unavailable',
      'invalid_fields',
      'rate_limited',
    ],
  },
  {
    method: 'POST',
    path: '/api/auth/connected/disconnect',
    summary: 'Disconnects an account at another provider, unless it is your last way in. All other sessions end.',
    by: 'cookies',
    body: 'Disconnect',
    answers: { 200: json('Disconnected') },
    refusals: [...needsProof, 'last_way_in', 'not_found', 'invalid_fields'],
  },
]

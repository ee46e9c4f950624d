// The calls for everybody: documents, health, the theme.
import { empty, json, type Operation } from './operation'

export const forEverybody: readonly Operation[] = [
  {
    method: 'POST',
    path: '/api/theme',
    summary: 'Light, dark, or as the system says.',
    by: 'anybody',
    body: 'Theme',
    answers: { 204: empty },
    refusals: ['invalid_fields'],
  },
  {
    method: 'GET',
    path: '/api/health/live',
    summary: 'The process answers.',
    by: 'anybody',
    answers: { 200: json('Live') },
  },
  {
    method: 'GET',
    path: '/api/health/ready',
    summary: 'It can serve sign-ins, or names what is missing.',
    by: 'anybody',
    answers: { 200: json('Ready'), 503: json('NotReady') },
  },
  {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This description.',
    by: 'anybody',
    answers: { 200: json('Description') },
  },
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'The public keys of our tokens (RFC 7517).',
    by: 'anybody',
    answers: { 200: { body: 'KeySet', type: 'application/jwk-set+json' } },
  },
  {
    method: 'OPTIONS',
    path: '/.well-known/jwks.json',
    summary: 'Other origins may read it.',
    by: 'anybody',
    answers: { 204: empty },
  },
  {
    method: 'GET',
    path: '/.well-known/revocations',
    summary: 'What was ended lately, as a signed JWT.',
    by: 'anybody',
    answers: { 200: { body: null, type: 'application/revocations+jwt' }, 304: empty },
  },
  {
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    summary: 'Where services find keys and token endpoint (RFC 8414).',
    by: 'anybody',
    answers: { 200: json('Metadata') },
  },
  {
    method: 'OPTIONS',
    path: '/.well-known/oauth-authorization-server',
    summary: 'Other origins may read it.',
    by: 'anybody',
    answers: { 204: empty },
  },
  {
    method: 'GET',
    path: '/.well-known/change-password',
    summary: 'Leads password managers to the page of the password.',
    by: 'anybody',
    answers: { 303: empty },
  },
]

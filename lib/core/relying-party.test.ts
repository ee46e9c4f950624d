// @vitest-environment edge-runtime
import { expect, test } from 'vitest'
import { relyingPartyOf } from './relying-party'

test.each([
  ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['https://app.example.com', { id: 'app.example.com', origin: 'https://app.example.com' }],
  ['https://1.example.com:8443', { id: '1.example.com', origin: 'https://1.example.com:8443' }],
  ['http://127.0.0.1:3000', null],
  ['http://[::1]:3000', null],
  ['http://0x7f.1', null],
])('passkeys at %s are for %j', (url, party) => {
  expect(relyingPartyOf(url)).toEqual(party)
})

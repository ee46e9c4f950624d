import { describe, expect, it } from 'vitest'
import { type ErrorCode, problemOf, refusals } from '../lib/core/errors'
import { bodyMost as gateBodyMost } from '../lib/core/gate'
import { bodyMost, type FrontDoorCode, refusal, refusedWith } from './front-door.mjs'

const host = ['Host', 'localhost:3000']
const ask = (method: string, url: string, ...rawHeaders: string[]) =>
  refusal({ method, url, rawHeaders })?.status ?? 'let in'

describe('the front door', () => {
  it.each([
    ['a page', 'GET', '/', host, 'let in'],
    ['a form post', 'POST', '/api/auth/sign-in', [...host, 'Content-Length', '120'], 'let in'],
    ['a body of exactly 16 KB', 'POST', '/', [...host, 'Content-Length', '16384'], 'let in'],
    ['a chunked body, which is counted as it comes', 'POST', '/', [...host, 'Transfer-Encoding', 'chunked'], 'let in'],
    ['a header that has a refused name as its value', 'GET', '/', [...host, 'X-Note', 'upgrade'], 'let in'],
    ['TRACE', 'TRACE', '/', host, 405],
    ['CONNECT', 'CONNECT', 'localhost:22', host, 405],
    ['absolute form', 'GET', 'http://localhost:3000/dashboard', host, 400],
    ['absolute form of another host', 'GET', 'http://evil.example/', host, 400],
    ['asterisk form', 'OPTIONS', '*', host, 400],
    ['an empty target', 'GET', '', host, 400],
    ['no Host', 'GET', '/', [], 400],
    ['two equal Hosts', 'GET', '/', [...host, ...host], 400],
    ['two Hosts in different case', 'GET', '/', [...host, 'hOST', 'evil.example'], 400],
    ['a WebSocket', 'GET', '/', [...host, 'Connection', 'Upgrade', 'Upgrade', 'websocket'], 426],
    ['Upgrade without its Connection', 'GET', '/', [...host, 'UPGRADE', 'h2c'], 426],
    ['a body of one byte more', 'POST', '/', [...host, 'Content-Length', '16385'], 413],
    ['a large body on GET', 'GET', '/', [...host, 'Content-Length', '16385'], 413],
    ['a length that overflows', 'POST', '/', [...host, 'Content-Length', '99999999999999999999'], 413],
    ['a length that is no number', 'POST', '/', [...host, 'Content-Length', '1e3'], 413],
    ['the second of two lengths', 'POST', '/', [...host, 'Content-Length', '1', 'content-length', '16385'], 413],
    ['a compressed body', 'POST', '/', [...host, 'Content-Encoding', 'gzip'], 415],
    ['a compressed body on GET', 'GET', '/', [...host, 'content-encoding', 'identity'], 415],
  ])('answers %s as it should', (_, method, url, rawHeaders, wanted) => {
    expect(ask(method, url, ...rawHeaders)).toBe(wanted)
  })

  it('speaks with the words of lib/core/errors.ts', () => {
    const shared: (FrontDoorCode & ErrorCode)[] = [
      'bad_request',
      'method_not_allowed',
      'body_too_large',
      'unsupported_media_type',
    ]
    for (const code of shared) {
      const { status, headers, body } = refusedWith(code)
      expect(JSON.parse(body)).toEqual(problemOf(code).body)
      expect(status).toBe(refusals[code].status)
      expect(headers).toMatchObject({
        ...problemOf(code).headers,
        connection: 'close',
      })
    }
  })

  it('says which methods there are, and how long a body may be in one number', () => {
    expect(refusedWith('method_not_allowed').headers.allow).toContain('GET')
    expect(bodyMost).toBe(gateBodyMost)
  })
})

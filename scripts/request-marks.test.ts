import { describe, expect, it } from 'vitest'
import * as core from '../lib/core/identity-headers'
import { backgroundHeader, clockHeader, isBackground, markRequest, peerHeader } from './request-marks.mjs'

it('goes by the names of lib/core/identity-headers.ts', () => {
  expect({ backgroundHeader, clockHeader, peerHeader }).toEqual({
    backgroundHeader: core.backgroundHeader,
    clockHeader: core.clockHeader,
    peerHeader: core.peerHeader,
  })
})

describe('nobody is at work behind a request', () => {
  it.each([
    ['that the router prefetches', ['Next-Router-Prefetch', '1']],
    ['that the router prefetches in part', ['next-router-segment-prefetch', '/_tree']],
    ['that a browser prefetches', ['Sec-Purpose', 'prefetch']],
    ['that a browser renders ahead', ['sec-purpose', 'prefetch;prerender']],
    ['that an older browser prefetches', ['Purpose', 'Prefetch']],
    ['that an old Firefox prefetches', ['X-Moz', 'prefetch']],
    ['that says so itself', ['X-Handstamp-Background', '1']],
    ['that says so in any words', ['x-handstamp-background', 'poll']],
    ['whose second header of a name says so', ['Purpose', 'other', 'Purpose', 'prefetch']],
  ])('%s', (_, rawHeaders) => {
    expect(isBackground(['Host', 'localhost', ...rawHeaders])).toBe(true)
  })
})

describe('somebody is at work behind a request', () => {
  it.each([
    ['without such headers', []],
    ['with another purpose', ['Sec-Purpose', 'navigate']],
    ['whose value has the name', ['X-Note', 'next-router-prefetch']],
    ['whose other header speaks of a prefetch', ['X-Note', 'prefetch']],
    ['for parts of a page', ['RSC', '1', 'Next-Router-State-Tree', 'prefetch']],
  ])('%s', (_, rawHeaders) => {
    expect(isBackground(['Host', 'localhost', ...rawHeaders])).toBe(false)
  })
})

describe('the marks on a request', () => {
  const marked = (headers: Record<string, string>, rawHeaders: string[], marks: Record<string, string>) => {
    const request = { headers, rawHeaders }
    markRequest(request, marks)
    return request
  }

  it('take the place of everything that a client wrote under our names, however it spelled them', () => {
    expect(
      marked(
        { host: 'localhost', 'x-handstamp-clock': 'forged 1', 'x-handstamp-flash': 'forged', accept: '*/*' },
        [
          'Host',
          'localhost',
          'X-Handstamp-Clock',
          'forged 1',
          'x-HANDSTAMP-flash',
          'forged',
          'X-Handstamp-Peer',
          'forged',
          'Accept',
          '*/*',
        ],
        { [peerHeader]: 'proof 192.0.2.1' },
      ),
    ).toEqual({
      headers: { host: 'localhost', accept: '*/*', [peerHeader]: 'proof 192.0.2.1' },
      rawHeaders: ['Host', 'localhost', 'Accept', '*/*', peerHeader, 'proof 192.0.2.1'],
    })
  })

  it('leave alone what is not ours, also a value that looks like one of our names', () => {
    const rawHeaders = ['Host', 'localhost', 'X-Note', 'x-handstamp-peer', 'X-Note', 'second']
    expect(marked({ host: 'localhost', 'x-note': 'x-handstamp-peer, second' }, rawHeaders, {})).toEqual({
      headers: { host: 'localhost', 'x-note': 'x-handstamp-peer, second' },
      rawHeaders,
    })
  })
})

// Where a request comes from: the peer that our own server vouches for, and what trusted proxies say about it.
import { describe, expect, test } from 'vitest'
import { authSecret } from '../auth/testing/trial'
import { readEnv } from '../env'
import { clientOf } from './client-address'

const proof = 'proof-of-our-own-server'
const direct = { peerToken: proof, TRUSTED_PROXIES: [], secure: false }
const from = (peer: string, headers: Record<string, string> = {}) =>
  new Headers({ 'x-handstamp-peer': `${proof} ${peer}`, 'user-agent': 'Test', ...headers })
const ipOf = (headers: Headers, proxies: string[] = []) => clientOf(headers, { ...direct, TRUSTED_PROXIES: proxies }).ip
const networkOf = (peer: string) => clientOf(from(peer), direct).network

describe('the peer’s address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:51234', '192.0.2.1'],
    ['[2001:db8::1]:51234', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['fe80::1%25eth0', 'fe80::1'],
  ])('%s is %s', (peer, ip) => {
    expect(ipOf(from(peer))).toBe(ip)
  })

  test.each(['', 'unknown', '999.0.2.1', 'evil.example', '<script>'])('%j is unknown', (peer) => {
    expect(clientOf(from(peer), direct)).toEqual({
      ip: 'unknown',
      network: 'unknown',
      userAgent: 'Test',
      device: null,
    })
  })

  test.each([
    ['without a proof', { 'x-handstamp-peer': '192.0.2.1' }],
    ['with a wrong proof', { 'x-handstamp-peer': `guess 192.0.2.1` }],
    ['with an empty proof', { 'x-handstamp-peer': ' 192.0.2.1' }],
    [
      'with nothing but forwarded headers',
      { 'x-forwarded-for': '192.0.2.1', 'x-real-ip': '192.0.2.1', forwarded: 'for=192.0.2.1' },
    ],
  ])('%s is believed to nobody', (_name, headers) => {
    expect(clientOf(new Headers(headers), direct).ip).toBe('unknown')
    expect(clientOf(new Headers(headers), { ...direct, TRUSTED_PROXIES: ['0.0.0.0/0', '::/0'] }).ip).toBe('unknown')
  })

  test('is not believed when our own server set no proof', () => {
    for (const peer of ['null 192.0.2.1', 'undefined 192.0.2.1', ' 192.0.2.1']) {
      expect(clientOf(new Headers({ 'x-handstamp-peer': peer }), { ...direct, peerToken: null }).ip).toBe('unknown')
    }
  })
})

describe('a network', () => {
  test('is one IPv4 address, however it is written', () => {
    expect(new Set(['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1:80', '[::ffff:192.0.2.1]:80'].map(networkOf))).toEqual(
      new Set(['192.0.2.1']),
    )
    expect(networkOf('192.0.2.2')).not.toBe(networkOf('192.0.2.1'))
  })

  test('is one IPv6 /64, whatever the last 64 bits', () => {
    const same = [
      '2001:db8:1:2::1',
      '2001:db8:1:2:ffff:ffff:ffff:ffff',
      '[2001:DB8:1:2::9]:443',
      '2001:db8:1:2::1%eth0',
    ]
    expect(new Set(same.map(networkOf)).size).toBe(1)
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'))
  })
})

describe('X-Forwarded-For', () => {
  const proxies = ['10.0.0.0/8', '2001:db8:ffff::/48', '203.0.113.9']

  test('counts for nothing from a peer that is no trusted proxy', () => {
    expect(ipOf(from('192.0.2.1', { 'x-forwarded-for': '198.51.100.1' }))).toBe('192.0.2.1')
    expect(ipOf(from('192.0.2.1', { 'x-forwarded-for': '198.51.100.1' }), proxies)).toBe('192.0.2.1')
  })

  test.each([
    ['one hop', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['a chain of trusted proxies', '10.0.0.1', '198.51.100.1, 203.0.113.9, 10.9.9.9', '198.51.100.1'],
    ['a forged start, read from the right', '10.0.0.1', '127.0.0.1, 8.8.8.8, 198.51.100.1', '198.51.100.1'],
    ['a forged trusted proxy before the real client', '10.0.0.1', '192.0.2.66, 10.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['a proxy that is trusted by its single address', '203.0.113.9', '198.51.100.1', '198.51.100.1'],
    ['a proxy over IPv6', '2001:db8:ffff::7', '2001:db8:1::5', '2001:db8:1::5'],
    ['a proxy as an IPv4-mapped address', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['a client with a port', '10.0.0.1', '198.51.100.1:40000', '198.51.100.1'],
    ['an IPv4-mapped client', '10.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
    ['no client at all', '10.0.0.1', '', '10.0.0.1'],
    ['what is no address', '10.0.0.1', '198.51.100.1, nonsense', '10.0.0.1'],
    ['proxies only', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ])('with %s', (_name, peer, forwarded, ip) => {
    expect(ipOf(from(peer, { 'x-forwarded-for': forwarded }), proxies)).toBe(ip)
  })

  test('of a thousand forged hops changes nothing', () => {
    const forged = Array.from({ length: 1000 }, (_, i) => `192.0.${i % 250}.${i % 200}`).join(', ')
    expect(ipOf(from('10.0.0.1', { 'x-forwarded-for': `${forged}, 198.51.100.1` }), proxies)).toBe('198.51.100.1')
  })

  test.each(['nonsense', 'localhost', '10.0.0.0/99', '10.0.0.0/8/8', '10.0.0.0/8, 300.1.1.1'])(
    'behind proxies set as %j is refused as a wrong setting, by name',
    (ranges) => {
      const settings = { AUTH_SECRET: authSecret, TRUSTED_PROXIES: ranges }
      expect(() => clientOf(from('192.0.2.1'), { ...readEnv(settings), peerToken: proof })).toThrow(/TRUSTED_PROXIES/)
    },
  )
})

describe('the device', () => {
  const id = 'AAECAwQFBgcICQoLDA0ODw'
  test.each([
    ['its own cookie', `handstamp-device=${id}`, id],
    ['no cookie', 'theme=dark', null],
    ['two of them', `handstamp-device=${id}; handstamp-device=${id}`, null],
    ['anything but an id of ours', 'handstamp-device=<script>', null],
  ])('by %s', (_, cookie, device) => {
    expect(clientOf(from('192.0.2.1', { cookie }), direct).device).toBe(device)
  })
})

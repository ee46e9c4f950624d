import { expect, test } from 'vitest'
import { clientInWords } from './agent'
import { truncateAddress } from './ip-address'

test('a shown address lacks what names one person’s device', () => {
  expect(truncateAddress('192.0.2.77')).toBe('192.0.2.x')
  expect(truncateAddress('::ffff:192.0.2.77')).toBe('192.0.2.x')
  expect(truncateAddress('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(truncateAddress('unknown')).toBe('unknown')
})

test('a client in words is browser, system and as much of the address as may be shown', () => {
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  expect(clientInWords({ ip: '192.0.2.77', userAgent })).toBe('Firefox 140 on Linux, from 192.0.2.x')
  expect(clientInWords({ ip: '192.0.2.77', userAgent: 'Call us at https://evil.example/now/1 x' })).toBe(
    'Unknown browser on unknown system, from 192.0.2.x',
  )
  expect(clientInWords({ ip: '127.0.0.1', userAgent: '' })).toBe('Unknown browser on unknown system, on this machine')
})

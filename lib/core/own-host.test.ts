// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { answersFor, type OwnHost, ownOrigins } from './own-host'

const isLoopback = (hostname: string) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
const deployed: OwnHost = { app: new URL('https://app.example'), local: false, isLoopback }
const local: OwnHost = { app: new URL('http://localhost:3000'), local: true, isLoopback }

describe('I17 which Host header is answered', () => {
  test.each([
    ['our own', 'app.example', '/', deployed, true],
    ['our own in upper case', 'APP.Example', '/', deployed, true],
    ['none', null, '/', deployed, false],
    ['an empty one', '', '/', deployed, false],
    ["a stranger's", 'evil.test', '/', deployed, false],
    ["a stranger's that starts like ours", 'app.example.evil.test', '/', deployed, false],
    ['ours with a dot', 'app.example.', '/', deployed, false],
    ['ours with another port', 'app.example:8443', '/', deployed, false],
    ['a loopback name, deployed', 'localhost', '/', deployed, false],
    ['ours with its default port spelled out', 'app.example:443', '/', deployed, true],
    ['ours with the port of http', 'app.example:80', '/', deployed, false],
    ['ours after a user', 'evil@app.example', '/', deployed, false],
    ['ours before a path', 'app.example/evil.test', '/', deployed, false],
    ['ours before a query', 'app.example?evil.test', '/', deployed, false],
    ['ours before a fragment', 'app.example#evil.test', '/', deployed, false],
    ['ours behind a user', 'app.example@evil.test', '/', deployed, false],
    ['broken', '[', '/', deployed, false],
    ['two', 'app.example, evil.test', '/', deployed, false],
    ["a stranger's for the public keys", 'evil.test', '/.well-known/jwks.json', deployed, true],
    ["a stranger's for the health", '10.0.0.7:3000', '/api/health/ready', deployed, true],
    ["a stranger's for what looks like the health", 'evil.test', '/api/healthy', deployed, false],
    ['localhost', 'localhost:3000', '/', local, true],
    ['another loopback name', '127.0.0.1:3000', '/', local, true],
    ['the loopback of IPv6', '[::1]:3000', '/', local, true],
    ['a name that starts with localhost', 'localhost.evil.test:3000', '/', local, false],
    ["a stranger's, locally", 'evil.test:3000', '/', local, false],
  ] as const)('%s', (_, host, pathname, own, answered) => {
    expect(answersFor(host, pathname, own)).toBe(answered)
  })
})

describe('our own origins', () => {
  test.each([
    ['deployed: APP_URL alone', 'app.example', deployed, ['https://app.example']],
    ["deployed: a stranger's host adds none", 'evil.test', deployed, ['https://app.example']],
    ['deployed: a loopback host adds none', 'localhost:3000', deployed, ['https://app.example']],
    [
      'locally: the loopback name that was asked as well',
      '127.0.0.1:3000',
      local,
      ['http://localhost:3000', 'http://127.0.0.1:3000'],
    ],
    ["locally: a stranger's host adds none", 'evil.test:3000', local, ['http://localhost:3000']],
    ['locally without a host: APP_URL alone', null, local, ['http://localhost:3000']],
  ] as const)('%s', (_, host, own, origins) => {
    expect(ownOrigins(host, own)).toEqual(origins)
  })
})

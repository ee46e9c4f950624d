// Other providers as the environment names them: whole or refused by name.
import { describe, expect, test } from 'vitest'
import { readProviders } from './providers'

const secret = 'a secret that no message may hold'
const acme = {
  OIDC_ACME_ISSUER: 'https://id.acme.example/',
  OIDC_ACME_CLIENT_ID: 'us',
  OIDC_ACME_CLIENT_SECRET: secret,
}

describe('providers', () => {
  test('are read from three settings each, or two where they are known', () => {
    const { providers, faults } = readProviders(
      { ...acme, OIDC_GITHUB_CLIENT_ID: 'g', OIDC_GITHUB_CLIENT_SECRET: 's', OIDC_ACME_LABEL: 'Acme Inc.', PATH: '/' },
      false,
    )
    expect(faults).toEqual([])
    expect(providers).toEqual([
      {
        id: 'acme',
        label: 'Acme Inc.',
        kind: 'oidc',
        issuer: 'https://id.acme.example/',
        clientId: 'us',
        clientSecret: secret,
      },
      { id: 'github', label: 'GitHub', kind: 'github', issuer: 'https://github.com', clientId: 'g', clientSecret: 's' },
    ])
    expect(readProviders({}, true)).toEqual({ providers: [], faults: [] })
  })

  test.each([
    [{ OIDC_ACME_ISSUER: 'https://id.acme.example' }, ['OIDC_ACME_CLIENT_ID', 'OIDC_ACME_CLIENT_SECRET']],
    [{ OIDC_GOOGLE_CLIENT_ID: 'x' }, ['OIDC_GOOGLE_CLIENT_SECRET']],
    [{ OIDC_ACME_CLIENT_ID: 'x', OIDC_ACME_CLIENT_SECRET: secret }, ['OIDC_ACME_ISSUER']],
  ])('that are half set are refused by name: %j', (variables, named) => {
    const { providers, faults } = readProviders(variables, true)
    expect(providers).toEqual([])
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(named)
    expect(faults.join()).not.toContain(secret)
  })

  test.each([
    ['http://id.acme.example', true],
    ['http://localhost:4000', false],
    ['id.acme.example', true],
    ['https://id.acme.example/?x=1', true],
    ['ftp://id.acme.example', true],
  ])('at %s are refused (local: %s)', (issuer, local) => {
    expect(readProviders({ ...acme, OIDC_ACME_ISSUER: issuer }, local).faults).toEqual([
      expect.stringContaining('OIDC_ACME_ISSUER must be'),
    ])
  })

  test('on this machine may speak http in local mode', () => {
    expect(readProviders({ ...acme, OIDC_ACME_ISSUER: 'http://localhost:4000' }, true).faults).toEqual([])
  })
})

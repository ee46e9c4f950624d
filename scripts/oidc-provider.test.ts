// The provider for trying out: there for this machine alone, and it speaks OpenID Connect.
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../e2e/fixtures/free-port'
import { runProgram } from '../lib/db/testing/lock-holder'
import { startProvider } from './oidc-provider.mjs'

test('npm start -- --oidc is refused where the app serves others, before anything is done', async () => {
  const variables = { APP_URL: 'https://app.example.com', PORT: String(await freePort()) }
  const { code, said } = await runProgram(variables, 'scripts/start.mjs', '--oidc')
  expect([code, said.trim()]).toEqual([1, expect.stringMatching(/^--oidc is for local mode only/)])
})

test('it says what it can, on the loopback interface, and asks for PKCE', async () => {
  const port = await freePort()
  const app = 'http://localhost:1'
  const { issuer, stop } = await startProvider({
    port,
    clientId: 'us',
    clientSecret: 'shared',
    redirectUri: `${app}/callback`,
  })
  onTestFinished(stop)
  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
  expect(metadata).toMatchObject({
    issuer: `http://localhost:${port}`,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
  const query = new URLSearchParams({ client_id: 'us', response_type: 'code', scope: 'openid', state: 'x' })
  query.set('redirect_uri', `${app}/callback`)
  const refused = await fetch(`${issuer}/auth?${query}`, { redirect: 'manual' })
  expect(new URL(refused.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request')
})

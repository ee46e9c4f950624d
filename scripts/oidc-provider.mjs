// An OpenID provider on this machine, for a look at sign-in with another provider and for its tests: it believes whatever
// address is typed, so it serves this machine only and is never part of what is deployed.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'

/** @typedef {{ email: string, verified: boolean, name: string }} Account */

/** @param {string} text */
const escapeHtml = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** @param {string} title @param {string} form */
const page = (title, form) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}main{max-width:28rem;margin:3rem auto;padding:0 1rem}form{display:grid;gap:1rem}input[type=email],input[type=text],button{font:inherit;padding:.6rem;min-height:2.75rem;width:100%;box-sizing:border-box}</style></head><body><main><h1>${title}</h1>${form}</main></body></html>`

const deny = '<button name="do" value="deny" formnovalidate>Cancel</button>'

const loginPage = page(
  'Local provider',
  `<p>It believes whatever you type. Local mode only.</p><form method="post"><label>Email address<input type="email" name="email" required></label><label>Name<input type="text" name="name" value="Ann Example"></label><label><input type="checkbox" name="verified" checked> This address is verified</label><button name="do" value="login">Sign in</button>${deny}</form>`,
)
/** @param {string} client */
const consentPage = (client) =>
  page(
    'Allow access',
    `<p>${escapeHtml(client)} wants to know your name and address.</p><form method="post"><button name="do" value="consent">Allow</button>${deny}</form>`,
  )

/** @param {import('node:http').IncomingMessage} request */
const formOf = async (request) => {
  let body = ''
  for await (const chunk of request) {
    body += chunk
    if (body.length > 10_000) request.destroy()
  }
  return new URLSearchParams(body)
}

/**
 * @param {{ port: number, clientId: string, clientSecret: string, redirectUri: string, jwks?: { keys: object[] } }} options
 * @returns {Promise<{ issuer: string, stop: () => Promise<void> }>}
 */
export const startProvider = async ({ port, clientId, clientSecret, redirectUri, jwks }) => {
  const { default: Provider } = await import('oidc-provider')
  const issuer = `http://localhost:${port}`
  /** @type {Map<string, Account>} */
  const accounts = new Map()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    ...(jwks && { jwks: /** @type {any} */ (jwks) }),
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_ctx, id) => {
      const account = accounts.get(id)
      return (
        account && {
          accountId: id,
          claims: () => ({ sub: id, email: account.email, email_verified: account.verified, name: account.name }),
        }
      )
    },
  })

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  const interact = async (request, response) => {
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      return response.end(prompt.name === 'login' ? loginPage : consentPage(String(params.client_id)))
    }
    const form = await formOf(request)
    if (form.get('do') === 'deny') {
      const denied = { error: 'access_denied', error_description: 'The person said no' }
      return provider.interactionFinished(request, response, denied, { mergeWithLastSubmission: false })
    }
    if (prompt.name === 'login') {
      const email = form.get('email') ?? ''
      accounts.set(email, { email, verified: form.has('verified'), name: form.get('name') ?? '' })
      return provider.interactionFinished(request, response, { login: { accountId: email } })
    }
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) })
    grant.addOIDCScope('openid email profile')
    const consent = { grantId: await grant.save() }
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
  }

  const callback = provider.callback()
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response)
    interact(request, response).catch((error) => {
      response.statusCode = 400
      response.end(page('That did not work', `<p>${escapeHtml(String(error.name))}: begin again.</p>`))
    })
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)))
  return {
    issuer,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve(undefined)))
    },
  }
}

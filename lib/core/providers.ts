// Other providers that people sign in with, as the environment names them: three settings each, or two for those known here.
// Knows their settings, not how to talk to them.

export type Provider = {
  /** Lower case; part of the redirect address. */
  id: string
  /** For people. */
  label: string
  /** GitHub speaks OAuth 2 (RFC 6749) without OpenID Connect. */
  kind: 'oidc' | 'github'
  issuer: string
  clientId: string
  clientSecret: string
}

type Preset = Pick<Provider, 'label' | 'issuer'> & { kind?: Provider['kind'] }

const presets: Readonly<Record<string, Preset>> = {
  GOOGLE: { label: 'Google', issuer: 'https://accounts.google.com' },
  // Of any tenant: the issuer of a token names its own.
  MICROSOFT: { label: 'Microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0' },
  GITHUB: { label: 'GitHub', issuer: 'https://github.com', kind: 'github' },
}

const form = /^OIDC_([A-Z][A-Z0-9]{0,31})_(ISSUER|CLIENT_ID|CLIENT_SECRET|LABEL)$/

const isIssuer = (text: string, local: boolean): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash, username } = new URL(text)
  const plain = search === '' && hash === '' && username === ''
  const loopback = hostname === 'localhost' || hostname === '127.0.0.1'
  return plain && (protocol === 'https:' || (local && loopback && protocol === 'http:'))
}

/**
 * @param variables without empty ones
 * @param local whether http:// on a loopback host will do
 * @returns the providers in the order of their names, and what is wrong, naming each variable and never its value
 */
export const readProviders = (
  variables: Readonly<Record<string, string | undefined>>,
  local: boolean,
): { providers: Provider[]; faults: string[] } => {
  const names = [...new Set(Object.keys(variables).flatMap((name) => form.exec(name)?.[1] ?? []))].sort()
  const faults: string[] = []
  const providers = names.flatMap((name) => {
    const preset = presets[name]
    const of = (part: string) => variables[`OIDC_${name}_${part}`]
    const [issuer, clientId, clientSecret] = [of('ISSUER') ?? preset?.issuer, of('CLIENT_ID'), of('CLIENT_SECRET')]
    for (const [part, value] of Object.entries({ ISSUER: issuer, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret }))
      if (!value) faults.push(`OIDC_${name}_${part} is missing. Set it, or take the other OIDC_${name}_ settings away`)
    if (!issuer || !clientId || !clientSecret) return []
    if (!isIssuer(issuer, local)) {
      faults.push(`OIDC_${name}_ISSUER must be an https:// URL without query, such as https://id.example.com`)
      return []
    }
    const label = of('LABEL') ?? preset?.label ?? `${name[0]}${name.slice(1).toLowerCase()}`
    return [{ id: name.toLowerCase(), label, kind: preset?.kind ?? 'oidc', issuer, clientId, clientSecret } as const]
  })
  return { providers, faults }
}

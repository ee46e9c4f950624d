// Makes .env.example from the settings of lib/env.ts. With --check it only says whether the file is up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { settings } from '../lib/env'

const file = '.env.example'
const head = `# Settings of Handstamp, made from lib/env.ts by \`npm run env\`. Local mode needs none of them.
# Copy the lines that you need into .env.local, or set them in the environment.
#
# Sign-in through other providers takes three settings each, such as OIDC_ACME_ISSUER, OIDC_ACME_CLIENT_ID and
# OIDC_ACME_CLIENT_SECRET; GOOGLE, MICROSOFT and GITHUB need no issuer. See docs/sign-in-providers.md.
`

const quoted = (value: string) => (/[\s<>#]/.test(value) ? `"${value}"` : value)

/** Every setting with what it is for, commented out with its default. */
export const envExample = (): string =>
  [
    head,
    ...Object.entries(settings.shape).map(([name, schema]) => {
      const { about, example } = schema.meta() ?? {}
      if (typeof about !== 'string' || typeof example !== 'string')
        throw new Error(`${name} has no about() in lib/env.ts.`)
      return `# ${about}\n# ${name}=${quoted(example)}\n`
    }),
  ].join('\n')

export const isUpToDate = (): boolean => existsSync(file) && readFileSync(file, 'utf8') === envExample()

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!process.argv.includes('--check')) writeFileSync(file, envExample())
  else if (!isUpToDate()) {
    console.error(`${file} differs from lib/env.ts. Make it anew: npm run env`)
    process.exit(1)
  }
}

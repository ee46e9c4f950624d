// Handstamp as a team has it that stripped the product's own pages: its lib, gate, handlers and server around the bare page.
import { migrateDatabase } from '../../lib/db/migrate'
import { openJar, post } from './cookie-jar'
import type { Subject } from './subject'

/** The secret of every server that the bench starts: what is measured is the same for all. */
export const authSecret = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7 + 1)).toString('base64url')

export const handstamp: Subject = {
  name: 'handstamp',
  label: 'Handstamp',
  how: 'the gate verifies the token, the page asks for its session row: `requireUser()`',
  layers: ['layout', 'handstamp'],
  product: [
    'lib',
    'scripts',
    'drizzle',
    'app/api',
    'app/.well-known',
    'app/unavailable',
    'middleware.ts',
    'next.config.js',
    'tsconfig.json',
    'package.json',
  ],
  serve: () => ['scripts/serve.mjs'],
  setUp: (data) => migrateDatabase(data, 'drizzle'),
  env: (port, data) => ({ PORT: String(port), AUTH_SECRET: authSecret, DATA_DIR: data, LOG_LEVEL: 'warn' }),
  signIn: async (url) => {
    const jar = openJar(url)
    const { user }: { user: { email: string } } = JSON.parse(await post(jar, '/api/auth/demo', {}))
    return { cookie: jar.header(), marker: user.email }
  },
}

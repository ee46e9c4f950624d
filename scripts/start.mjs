// `npm start` and, with --dev, `npm run dev`: from a fresh clone to a served app, saying what it does.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBuilt } from './fingerprint.mjs'
import { checkNode, install } from './install.mjs'
import { checkPort, checkWritable } from './preflight.mjs'
import { runOrFail } from './run.mjs'
import { isLocal, loadSettings, makeSecretWhenMissing, portOf, readSettings } from './settings.mjs'
import { runOrStop, Stop } from './stop.mjs'

/** With --oidc: a provider on the next port, set up as OIDC_LOCAL. @param {number} port */
const openLocalProvider = async (port) => {
  const appUrl = process.env.APP_URL || `http://localhost:${port}`
  const { startProvider } = await import('./oidc-provider.mjs')
  const [clientId, clientSecret] = ['handstamp', randomBytes(32).toString('base64url')]
  const redirectUri = `${appUrl}/api/auth/oidc/local/callback`
  const { issuer } = await startProvider({ port: port + 1, clientId, clientSecret, redirectUri })
  Object.assign(process.env, {
    OIDC_LOCAL_ISSUER: issuer,
    OIDC_LOCAL_CLIENT_ID: clientId,
    OIDC_LOCAL_CLIENT_SECRET: clientSecret,
    OIDC_LOCAL_LABEL: 'the local provider',
  })
  console.log(`A provider for trying out is at ${issuer}: it believes whatever address is typed.`)
}

await runOrStop(async () => {
  process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
  const dev = process.argv.includes('--dev')
  const mode = dev ? 'development' : 'production'

  checkNode()
  const settings = readSettings(mode)
  const port = portOf(settings.PORT)
  const oidc = process.argv.includes('--oidc')
  if (oidc && !isLocal(settings.APP_URL || `http://localhost:${port}`))
    throw new Stop('--oidc is for local mode only: its provider believes whatever is typed.')
  await checkPort(port)
  checkWritable(settings.DATA_DIR ?? '.data', 'Change its owner, or set DATA_DIR to another folder.')
  checkWritable('.next', 'Change its owner, or remove it.')
  if (!existsSync('node_modules')) checkWritable('node_modules', 'Make the folder above it writable.')

  await install({ withDev: dev || !isBuilt() })
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: '1' })
  makeSecretWhenMissing(settings)
  await loadSettings(dev)

  await runOrFail('Bringing the database up to date', ['node', '--import', 'tsx', 'scripts/migrate.ts'])
  if (!dev && !isBuilt()) {
    console.log('Building. This takes about a minute and is skipped until the sources change.')
    await runOrFail('Building', ['node', 'scripts/build.mjs'], { patient: 'still building' })
  }
  if (oidc) await openLocalProvider(port)
  const { serve } = await import('./serve.mjs')
  await serve({ dev, port })
})

// First-load JavaScript of each page of the product as it is built, beside the bare page of a bare app.
import { existsSync } from 'node:fs'
import { routes } from '../../lib/core/routes'
import { isBuilt } from '../../scripts/fingerprint.mjs'
import { installed, runOrFail } from '../../scripts/run.mjs'
import type { ScriptRow } from '../report/results'
import { bare } from '../subjects/bare'
import { handstamp } from '../subjects/handstamp'
import { weigh } from './page-weight'
import { say } from './say'
import { startServer } from './server'

const unpinned = { forServer: (command: readonly string[]) => [...command] }

/** Pages that open by themselves: not those that name one thing, or take part in a flow. */
const pages = routes.filter(
  ({ kind, path, local }) =>
    kind === 'page' && !local && !path.includes('[') && !/^\/(verify-email|not-me|reauthenticate)/.test(path),
)

/** In the project's own folder: what is weighed is the product with its design. */
export const buildProduct = async (): Promise<void> => {
  if (isBuilt() && existsSync('.next/server')) return
  say('building the product')
  await runOrFail('Building', installed('tsx/dist/cli.mjs', 'scripts/build.mjs'))
}

export const measureScripts = async (bareFolder: string): Promise<ScriptRow[]> => {
  say('first-load JavaScript')
  const bareServer = await startServer(bare, bareFolder, { cores: unpinned })
  const server = await startServer(handstamp, '.', { cores: unpinned })
  try {
    const { cookie } = await handstamp.signIn(server.url)
    const base = await weigh(bareServer.url, '/dashboard')
    const rows: ScriptRow[] = [{ page: 'bare page', gzip: base, own: 0 }]
    for (const { path, access } of pages) {
      const gzip = await weigh(server.url, path, access === 'session' ? cookie : '')
      rows.push({ page: path, gzip, own: gzip - base })
    }
    return rows
  } finally {
    await Promise.all([bareServer.stop(), server.stop()])
  }
}

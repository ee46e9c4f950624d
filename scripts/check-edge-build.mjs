// Proves from the built files that the middleware runs on the edge runtime and that nothing of Node came along with it.
// Next does not: a database driver in the middleware builds without a warning and then answers 500 to everything.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from './stop.mjs'

/** Next's own edge runtime has these two modules of Node. */
const foreign = /better-sqlite3|node-postgres|pg-protocol|drizzle-orm|node:(?!async_hooks\b|buffer\b)[a-z_]+/

/** @param {string} folder where Next has built to */
export const checkEdgeBuild = (folder = '.next') => {
  const { middleware } = JSON.parse(readFileSync(join(folder, 'server/middleware-manifest.json'), 'utf8'))
  /** @type {{ files?: string[], entrypoint?: string } | undefined} */
  const gate = middleware['/']
  if (!gate?.files?.length || !gate.entrypoint) {
    throw new Stop('The middleware is not on the edge: middleware.ts must be at the root and must not name a runtime.')
  }
  for (const file of gate.files.filter((name) => existsSync(join(folder, name)))) {
    const found = foreign.exec(readFileSync(join(folder, file), 'utf8'))
    if (found)
      throw new Stop(
        `The middleware's bundle holds "${found[0]}" (${file}): something of Node is imported from lib/edge or lib/core.`,
      )
  }
}

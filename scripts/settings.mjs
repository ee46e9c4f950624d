// Settings as the scripts need them before anything is installed: the process's own, then .env files in Next's order.
// It also makes the secret of local mode. What a setting may be is lib/env.ts's to say.
import { randomBytes } from 'node:crypto'
import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { Stop } from './stop.mjs'

/** @param {string} mode */
const filesFor = (mode) => [`.env.${mode}.local`, '.env.local', `.env.${mode}`, '.env']

/** @param {string} file */
const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Stop(`The file ${file} cannot be read. Change its owner or its mode.`)
  }
}

/**
 * @param {'production' | 'development'} mode
 * @returns {Record<string, string | undefined>} an empty setting counts as unset
 */
export const readSettings = (mode) => {
  const files = filesFor(mode)
    .filter((file) => existsSync(file))
    .reverse()
  const all = Object.assign({}, ...files.map((file) => parseEnv(read(file))), process.env)
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

/** Whether only this machine is served: APP_URL is unset or on a loopback host. @param {string | undefined} appUrl */
export const isLocal = (appUrl) =>
  !appUrl || (URL.canParse(appUrl) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(appUrl).hostname))

/** @param {string | undefined} given */
export const portOf = (given) => {
  const port = Number(given ?? 3000)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new Stop('PORT must be a number from 1 to 65535. Change it, for example: PORT=3001 npm start')
}

/**
 * Writes a new secret into .env.local when local mode has none. Nothing else in that file is touched.
 * @param {Record<string, string | undefined>} settings
 */
export const makeSecretWhenMissing = ({ APP_URL, AUTH_SECRET }) => {
  if (AUTH_SECRET || !isLocal(APP_URL)) return
  const file = '.env.local'
  try {
    const before = existsSync(file) ? read(file) : ''
    const newLine = before === '' || before.endsWith('\n') ? '' : '\n'
    appendFileSync(file, `${newLine}AUTH_SECRET=${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
    chmodSync(file, 0o600)
  } catch (error) {
    if (error instanceof Stop) throw error
    throw new Stop(`The secret could not be written into ${file}. Make this folder writable, or set AUTH_SECRET.`)
  }
  console.log(`Made AUTH_SECRET in ${file}, which stays out of git.`)
}

/** The same files into process.env, with Next's own reader, which comes with next. @param {boolean} dev */
export const loadSettings = async (dev) => {
  const found = await import('@next/env')
  // A CommonJS package: plain Node puts it under `default`, tsx does not.
  const { loadEnvConfig } = found.default ?? found
  loadEnvConfig(process.cwd(), dev, { info: () => undefined, error: console.error })
}

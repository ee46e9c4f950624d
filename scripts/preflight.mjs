// Finds out what would fail later, before the slow steps.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { Stop } from './stop.mjs'

/** @param {number} port @param {string} [host] @returns {Promise<string | undefined>} the error's code */
const tryToListen = (port, host) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : 'unknown'))
    server.listen({ port, ...(host && { host }) }, () => server.close(() => resolve(undefined)))
  })

/** @param {number} port */
export const checkPort = async (port) => {
  // Some systems let one program have a port on all addresses while another has it on loopback.
  for (const host of [undefined, '127.0.0.1', '::1']) {
    const code = await tryToListen(port, host)
    if (code === 'EADDRINUSE')
      throw new Stop(`Port ${port} is taken. Choose another, for example: PORT=${port + 1} npm start`)
    if (code === 'EACCES')
      throw new Stop(
        `Port ${port} needs more rights than this user has. Choose one above 1023, for example: PORT=3000 npm start`,
      )
  }
}

/** One by one: mkdir's own `recursive` never returns below /proc (Node 20). @param {string} folder */
const make = (folder) => {
  if (existsSync(folder)) return
  make(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** @param {string} folder @param {string} advice */
export const checkWritable = (folder, advice) => {
  const probe = join(folder, `.writable-${process.pid}`)
  try {
    make(resolve(folder))
    writeFileSync(probe, '')
    rmSync(probe)
  } catch {
    throw new Stop(`The folder ${folder} cannot be written to. ${advice}`)
  }
}

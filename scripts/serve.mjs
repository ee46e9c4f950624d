// The HTTP server around Next: what it lets in, how long it waits, and how it stops. It knows no routes and no sessions.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { completeOnLeaving } from './answer-headers.mjs'
import { refusal, refusedWith } from './front-door.mjs'
import { openLanes, takesLane } from './lanes.mjs'
import { answerOn, answerWith } from './refuse.mjs'
import { backgroundHeader, clockHeader, isBackground, markRequest, peerHeader } from './request-marks.mjs'
import { isLocal, loadSettings, portOf } from './settings.mjs'
import { runOrStop, Stop } from './stop.mjs'
import { whenBodyIsHere } from './whole-body.mjs'

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/** Milliseconds. Requests are looked at each second, so that a slow one is cut within 30 s; so is a reader who stands still. */
const limits = { headers: 10_000, request: 29_000, look: 1_000, silence: 30_000, keepAlive: 65_000, stop: 10_000 }

/** Next's own development requests: hot reload, and source maps for its error overlay. @param {string} [url] */
const isNextTool = (url = '') => url.startsWith('/_next/hmr') || url.startsWith('/__nextjs')

/** @param {string} [address] */
const isLoopback = (address = '') => /^(?:::ffff:)?127\.|^::1$/.test(address)

/** @param {import('node:http').Server} server @param {number} port */
const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', () =>
      reject(new Stop(`Port ${port} is taken. Choose another, for example: PORT=3001 npm start`)),
    )
    server.listen(port, () => resolve(undefined))
  })

/** @param {import('node:http').Server} server @param {{ close: () => Promise<void> }} app @param {boolean} dev */
const stopOnSignal = (server, app, dev) => {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    console.log('Stopping: no new connections, open requests are finished.')
    setTimeout(() => process.exit(0), limits.stop)
    // A connection that becomes idle after close() would be kept until its time is up.
    setInterval(() => (dev ? server.closeAllConnections() : server.closeIdleConnections()), 50)
    await new Promise((resolve) => server.close(resolve))
    await app.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** @param {boolean} onlyHere whether only this machine is served: nowhere else may tests move the clock */
const testHooks = async (onlyHere) => {
  const token = process.env.TEST_HOOKS
  if (!token || !onlyHere) return null
  const { openTestHooks } = await import('./test-hooks.mjs')
  return openTestHooks(token)
}

/**
 * Serves the built app, or the sources with `dev`, until it is told to stop.
 * @param {{ dev: boolean, port: number }} options
 */
export const serve = async ({ dev, port }) => {
  const token = randomBytes(32).toString('base64url')
  Object.assign(process.env, {
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_MANUAL_SIG_HANDLE: '1',
    PORT: String(port),
    HANDSTAMP_PEER_TOKEN: token,
  })
  const appUrl = process.env.APP_URL || `http://localhost:${port}`
  const onlyHere = isLocal(appUrl)
  const secure = appUrl.startsWith('https:')
  const hooks = await testHooks(onlyHere)

  const { default: next } = await import('next')
  // Next hangs a listener for upgrades on the server that it is given, and leaves each of them open for ever.
  const upgradesForNext = createServer()
  const app = next({ dev, dir: process.cwd(), port, hostname: 'localhost', httpServer: upgradesForNext })
  await app.prepare()
  const toNext = app.getRequestHandler()

  const inLane = openLanes()
  /** @param {Request} request @param {Response} response */
  const letIn = (request, response) => {
    markRequest(request, {
      [peerHeader]: `${token} ${request.socket.remoteAddress ?? ''}`,
      ...(isBackground(request.rawHeaders) && { [backgroundHeader]: '1' }),
      ...(hooks && { [clockHeader]: `${token} ${hooks.offset()}` }),
    })
    // The gate sees neither built files nor Next's own redirects; where it does answer, it writes these itself.
    completeOnLeaving(response, secure)
    toNext(request, response).catch((error) => {
      console.error(error)
      response.destroy()
    })
  }
  /** @param {Request} request @param {Response} response */
  const receive = (request, response) => {
    if (dev && isNextTool(request.url)) return letIn(request, response)
    const refused = refusal(request)
    if (refused) return answerWith(response, refused, secure)
    whenBodyIsHere(request, (fits) => {
      if (!fits) return answerWith(response, refusedWith('body_too_large'), secure)
      if (hooks?.answer(request, response)) return
      if (!takesLane(request.method)) return letIn(request, response)
      inLane((request.url ?? '').replace(/\?.*/s, ''), response, () => letIn(request, response))
    })
  }

  const server = createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      connectionsCheckingInterval: limits.look,
      keepAliveTimeout: limits.keepAlive,
      maxHeaderSize: 16_384,
      // Asked for in refusal(), which answers with problem details.
      requireHostHeader: false,
    },
    receive,
  )
  if (!dev) server.setTimeout(limits.silence)
  server.on('checkContinue', (request, response) => {
    if (!refusal(request)) response.writeContinue()
    receive(request, response)
  })
  server.on('checkExpectation', (_, response) => answerWith(response, refusedWith('bad_request'), secure))
  server.on('upgrade', (request, socket, head) => {
    if (dev && isNextTool(request.url) && upgradesForNext.emit('upgrade', request, socket, head)) return
    answerOn(socket, refusal(request) ?? refusedWith('upgrade_refused'), secure)
  })
  server.on('connect', (_, socket) => answerOn(socket, refusedWith('method_not_allowed'), secure))
  server.on('clientError', (error, socket) => {
    const code = 'code' in error ? error.code : ''
    if (code === 'HPE_HEADER_OVERFLOW') answerOn(socket, refusedWith('headers_too_large'), secure)
    else if (code === 'ERR_HTTP_REQUEST_TIMEOUT') answerOn(socket, refusedWith('request_timeout'), secure)
    else answerOn(socket, refusedWith('bad_request'), secure)
  })
  let told = false
  server.on('connection', (socket) => {
    if (!onlyHere || isLoopback(socket.remoteAddress)) return
    // Local mode hands out mail and demo sessions; whoever else is on this network is not meant.
    if (!told)
      console.log(
        `Turned away ${socket.remoteAddress}: in local mode only this machine is served. Set APP_URL to serve others.`,
      )
    told = true
    socket.destroy()
  })
  await listen(server, port)
  stopOnSignal(server, app, dev)
  console.log(`Handstamp is ready at ${appUrl}`)
  if (hooks) console.log('TEST_HOOKS is set: whoever holds its token can move the clock of this server.')
}

// By itself it serves what is there: no install, no migration, no build.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runOrStop(async () => {
    await loadSettings(false)
    await serve({ dev: false, port: portOf(process.env.PORT || undefined) })
  })
}

// Sends a refusal of the front door and closes the connection behind it.
import { STATUS_CODES } from 'node:http'
import { securityHeaders } from './answer-headers.mjs'

/** Milliseconds for which a connection is still drained after its refusal. */
const linger = 1_000

/** @param {import('./front-door.mjs').Refused} refused @param {boolean} secure @returns {Record<string, string>} */
const headersOf = ({ headers }, secure) => ({ ...securityHeaders(secure), ...headers })

/**
 * @param {import('node:http').ServerResponse} response
 * @param {import('./front-door.mjs').Refused} refused
 * @param {boolean} secure
 */
export const answerWith = (response, refused, secure) => {
  const { socket } = response
  if (!socket) return
  // A socket that is destroyed with unread bytes is reset, and the client, still writing, never sees its answer.
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), linger).unref()
  }
  response.writeHead(refused.status, headersOf(refused, secure))
  response.end(response.req.method === 'HEAD' ? undefined : refused.body)
}

/** Bytes of an answer are already on their way: another one would be read as part of it. */
const isAnswering = (/** @type {import('node:stream').Duplex} */ socket) =>
  '_httpMessage' in socket &&
  /** @type {{ headersSent?: boolean } | null} */ (socket._httpMessage)?.headersSent === true

/**
 * The same where Node hands over the bare connection.
 * @param {import('node:stream').Duplex} socket
 * @param {import('./front-door.mjs').Refused} refused
 * @param {boolean} secure
 */
export const answerOn = (socket, refused, secure) => {
  socket.on('error', () => socket.destroy())
  if (!socket.writable || isAnswering(socket)) {
    socket.destroy()
    return
  }
  const lines = Object.entries(headersOf(refused, secure)).map(([name, value]) => `${name}: ${value}`)
  const head = [
    `HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status]}`,
    ...lines,
    `date: ${new Date().toUTCString()}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${refused.body}`)
  setTimeout(() => socket.destroy(), linger).unref()
}

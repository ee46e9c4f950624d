// Holds a request back until its whole body has arrived, so that a body that is too large or too slow never costs more
// than 16 KB and never reaches Next, which would buffer up to 10 MB of it twice.
import { Readable } from 'node:stream'
import { bodyMost } from './front-door.mjs'

/**
 * Calls back once: when the body is complete and waits in the request, unread, or when it has grown too large (the rest
 * is then thrown away as it comes). Never calls when the client goes away before that.
 * @param {import('node:http').IncomingMessage} request not read by anybody yet
 * @param {(fits: boolean) => void} done
 */
export const whenBodyIsHere = (request, done) => {
  let bytes = 0
  let over = false
  // Node's parser hands every piece to push(): counting there neither consumes the stream nor waits for a reader.
  request.push = (chunk, encoding) => {
    if (over) return true
    if (chunk === null) {
      Reflect.deleteProperty(request, 'push')
      request.push(null)
      done(true)
      return false
    }
    bytes += chunk.length
    if (bytes > bodyMost) {
      over = true
      done(false)
      return true
    }
    Readable.prototype.push.call(request, chunk, encoding)
    // True even when the buffer is full: what is in it is bounded above, and a pause here would wait for ever.
    return true
  }
}

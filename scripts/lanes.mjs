// A lane for each address: of the requests that change something only a few at a time are inside, the others wait in line
// for a while. Whoever five hundred sign-ins at once keep waiting is them and no page, and no refresh, whose lane is
// another. Nobody is refused here: who waited long enough goes in, one after the other, and is told by the app what they
// have to be told.

/**
 * Requests inside at a time: enough for the cores to hash while others are read and written. Milliseconds in line, and
 * between those who go in because of that.
 */
export const bounds = { inside: 4, patience: 5_000, apart: 30 }

/** @param {string | undefined} method */
export const takesLane = (method) => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'

/** @typedef {{ enter: () => void, at: number }} Waiting */
/** @typedef {{ inside: number, line: Set<Waiting>, moves: boolean, hurried: number, timer?: NodeJS.Timeout }} Lane */

/** @param {() => number} now milliseconds */
export const openLanes = (now = () => performance.now()) => {
  /** @type {Map<string, Lane>} */
  const lanes = new Map()

  /** How long the first in line has yet to wait if nobody leaves, milliseconds. @param {Lane} lane @param {Waiting} first */
  const waitOf = (lane, first) =>
    lane.inside < bounds.inside ? 0 : Math.max(first.at + bounds.patience, lane.hurried + bounds.apart) - now()

  /** Lets the first in line go in. @param {string} address */
  const goOn = (address) => {
    const lane = lanes.get(address)
    if (!lane) return
    lane.moves = false
    const [first] = lane.line
    if (!first) return
    const wait = waitOf(lane, first)
    if (wait > 0) {
      clearTimeout(lane.timer)
      lane.timer = setTimeout(move, Math.ceil(wait), address).unref()
      return
    }
    if (lane.inside >= bounds.inside) lane.hurried = now()
    lane.line.delete(first)
    lane.inside++
    first.enter()
    move(address)
  }
  /** One at a time: between them the event loop looks after everybody else. @param {string} address */
  const move = (address) => {
    const lane = lanes.get(address)
    if (!lane || lane.moves) return
    lane.moves = true
    setImmediate(goOn, address)
  }

  /**
   * Calls back when it is this request's turn; never when its client goes away before.
   * @param {string} address
   * @param {import('node:events').EventEmitter} response whose `close` makes room
   * @param {() => void} enter
   */
  return (address, response, enter) => {
    const lane = lanes.get(address) ?? { inside: 0, line: new Set(), moves: false, hurried: Number.NEGATIVE_INFINITY }
    lanes.set(address, lane)
    const waiting = { enter, at: now() }
    response.once('close', () => {
      if (!lane.line.delete(waiting)) lane.inside--
      if (lane.inside > 0 || lane.line.size > 0) return move(address)
      clearTimeout(lane.timer)
      lanes.delete(address)
    })
    lane.line.add(waiting)
    move(address)
  }
}

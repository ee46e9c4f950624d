// A lane for each address: of the requests that change something only a few at a time are inside, the others wait in line
// for a while. Whoever five hundred sign-ins at once keep waiting is them and no page, and no refresh, whose lane is
// another. Nobody is refused here: what waited long enough goes in, and is told by the app what it has to be told.

/** Requests inside at a time, and milliseconds in line. */
export const bounds = { inside: 8, patience: 5_000 }

/** @param {string | undefined} method */
export const takesLane = (method) => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'

/** @typedef {{ enter: () => void, at: number }} Waiting */

/** @param {() => number} now milliseconds */
export const openLanes = (now = () => performance.now()) => {
  /** @type {Map<string, { inside: number, line: Set<Waiting>, moves: boolean }>} */
  const lanes = new Map()

  /** Lets the first in line go in. @param {string} address */
  const goOn = (address) => {
    const lane = lanes.get(address)
    if (!lane) return
    lane.moves = false
    const [first] = lane.line
    if (!first || (lane.inside >= bounds.inside && now() - first.at < bounds.patience)) return
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
    const lane = lanes.get(address) ?? { inside: 0, line: new Set(), moves: false }
    lanes.set(address, lane)
    const waiting = { enter, at: now() }
    const outOfPatience = setTimeout(move, bounds.patience, address).unref()
    response.once('close', () => {
      clearTimeout(outOfPatience)
      if (!lane.line.delete(waiting)) lane.inside--
      if (lane.inside === 0 && lane.line.size === 0) lanes.delete(address)
      else move(address)
    })
    lane.line.add(waiting)
    move(address)
  }
}

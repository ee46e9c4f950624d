// Reads a CPU profile of V8: how much time was spent in each function itself, and in it with all that it called. Pure.
type Frame = { functionName: string; url: string; lineNumber: number }
export type ProfileNode = { id: number; callFrame: Frame; children?: readonly number[] }
export type Profile = { nodes: readonly ProfileNode[]; samples: readonly number[]; timeDeltas: readonly number[] }

/** Milliseconds. */
export type Spent = { name: string; self: number; total: number }

const idle = new Set(['(idle)', '(root)'])

/** `verifyAccessToken lib_core_token.js:12`: the file without its folders. */
const nameOf = ({ functionName, url, lineNumber }: Frame): string => {
  const [place = '', file = ''] = /(?:.*node_modules\/)?([^?]*)$/.exec(url.replace('file://', '')) ?? []
  const short = (place === file ? file.split('/').slice(-2).join('/') : file).replace(/\.js$/, '')
  return `${functionName || '(anonymous)'} ${short}${short === '' ? '' : `:${lineNumber + 1}`}`.trim()
}

const selfOf = ({ samples, timeDeltas }: Profile): Map<number, number> => {
  const times = new Map<number, number>()
  for (const [i, id] of samples.entries()) times.set(id, (times.get(id) ?? 0) + (timeDeltas[i] ?? 0) / 1000)
  return times
}

/** Every function that was seen at work, by the time that it took itself. A function that calls itself counts once. */
export const timesOf = (profile: Profile): Spent[] => {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const times = selfOf(profile)
  const spent = new Map<string, Spent>()
  const walk = (id: number, above: ReadonlySet<string>): number => {
    const node = nodes.get(id)
    if (!node) return 0
    const name = nameOf(node.callFrame)
    const own = idle.has(node.callFrame.functionName) ? 0 : (times.get(id) ?? 0)
    const within = new Set(above).add(name)
    const total = (node.children ?? []).reduce((sum, child) => sum + walk(child, within), own)
    const entry = spent.get(name) ?? { name, self: 0, total: 0 }
    entry.self += own
    if (!above.has(name)) entry.total += total
    spent.set(name, entry)
    return total
  }
  const [root] = profile.nodes
  if (root) walk(root.id, new Set())
  return [...spent.values()].sort((one, other) => other.self - one.self)
}

// The page bench: each subject beside the bare page, and Handstamp beside the empty middleware, which is its limit.
import { bare, emptyMiddleware } from '../subjects/bare'
import { handstamp } from '../subjects/handstamp'
import type { Subject } from '../subjects/subject'
import type { Cores } from './cores'
import { prepare } from './prepare'
import { type Pace, type Pair, runPair, type Side } from './rounds'
import { say } from './say'
import { type Server, startServer } from './server'

export type PageFigures = {
  name: string
  label: string
  how: string
  pair: Pair
  /** Of the Cookie header that a signed-in browser sends. */
  cookieBytes: number
}

const openSide = async (
  subject: Subject,
  folder: string,
  cores: Pick<Cores, 'forServer'>,
): Promise<Side & { server: Server }> => {
  const server = await startServer(subject, folder, { cores })
  return { server, people: [await subject.signIn(server.url)] }
}

/** Builds what is missing: before the cores are taken, because a build may have both. */
export const prepareAll = async (subjects: readonly Subject[]): Promise<Map<string, string>> => {
  const folders = new Map<string, string>()
  for (const subject of subjects) folders.set(subject.name, await prepare(subject))
  return folders
}

type Bench = { folders: ReadonlyMap<string, string>; cores: Cores; pace: Pace }

const duel = async (limit: Subject, subject: Subject, { folders, cores, pace }: Bench) => {
  const open = (which: Subject) => openSide(which, folders.get(which.name) ?? '', cores)
  say(`${subject.label} beside ${limit.label}`)
  const [base, own] = [await open(limit), await open(subject)]
  try {
    const pair = await runPair(base, own, pace)
    say(`${pair.ratio.toFixed(2)} × the CPU`)
    return { pair, cookie: own.people[0]?.cookie ?? '' }
  } finally {
    await Promise.all([base.server.stop(), own.server.stop()])
  }
}

/** Handstamp against the empty middleware. */
export const measureGate = async (bench: Bench): Promise<Pair> => (await duel(emptyMiddleware, handstamp, bench)).pair

/** Each subject against the bare page. */
export const measurePages = async (subjects: readonly Subject[], bench: Bench): Promise<PageFigures[]> => {
  const measured: PageFigures[] = []
  for (const subject of subjects) {
    const { pair, cookie } = await duel(bare, subject, bench)
    const { name, label, how } = subject
    measured.push({ name, label, how, pair, cookieBytes: Buffer.byteLength(cookie) })
  }
  return measured
}

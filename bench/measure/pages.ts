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
export type Pages = { subjects: PageFigures[] /** Handstamp against the empty middleware. */; gate: Pair }

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

export const measurePages = async (
  subjects: readonly Subject[],
  folders: ReadonlyMap<string, string>,
  cores: Cores,
  pace: Pace,
): Promise<Pages> => {
  const open = (subject: Subject) => openSide(subject, folders.get(subject.name) ?? '', cores)
  const duel = async (limit: Subject, subject: Subject) => {
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
  const { pair: gate } = await duel(emptyMiddleware, handstamp)
  const measured: PageFigures[] = []
  for (const subject of subjects) {
    const { pair, cookie } = await duel(bare, subject)
    const { name, label, how } = subject
    measured.push({ name, label, how, pair, cookieBytes: Buffer.byteLength(cookie) })
  }
  return { subjects: measured, gate }
}

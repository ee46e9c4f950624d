// What must be reached, and whether it was. A goal whose figure was not measured in this run is not judged.
import type { Results } from './results'

export type Goal = { what: string; goal: string; measured: string; reached: boolean }

type Wanted = { what: string; figure: number | undefined; least?: number; most?: number; unit?: string }

const judge = ({ what, figure, least, most, unit = '' }: Wanted): Goal[] => {
  if (figure === undefined) return []
  const goal = least === undefined ? `≤ ${most}${unit}` : `≥ ${least}${unit}`
  const reached = (least === undefined || figure >= least) && (most === undefined || figure <= most)
  return [{ what, goal, measured: `${figure.toFixed(2)}${unit}`, reached }]
}

const ours = 'handstamp'
const limits = new Set(['bare', 'empty-middleware', ours])
/** `__Host-Http-`, which each of three cookies has over https and not in the bench. */
const prefixes = 3 * '__Host-Http-'.length

export const goalsOf = ({ gate, pages = [], beside = [], storm, sizes = [], scripts = [] }: Results): Goal[] => {
  const own = pages.find(({ name }) => name === ours)
  const besideRatio = (name: string) => beside.find((row) => row.name === name)?.ratio
  const peers = own ? pages.filter(({ name }) => !limits.has(name)) : []
  return [
    { what: 'gate and page check, CPU against empty middleware + bare page', figure: gate?.cpu, most: 1.05 },
    ...peers.map(({ name, label, added }) => ({
      what: `CPU that ${label} adds, against what ours adds`,
      figure: added / (own?.added ?? Number.NaN),
      least: name === 'next-auth-5' ? 5 : 1.7,
      unit: ' ×',
    })),
    {
      what: 'session check with its row, against better-auth getSession',
      figure: besideRatio('session check with its row'),
      least: 5,
      unit: ' ×',
    },
    ...['SQLite', 'Postgres'].map((engine) => ({
      what: `refresh on ${engine}, against bare durable transactions`,
      figure: besideRatio(`refresh on ${engine}`),
      least: 0.8,
    })),
    { what: 'sign-in, against bare argon2id', figure: besideRatio('sign-in'), least: 0.9 },
    { what: 'gate p99 during 500 sign-ins at once, against quiet', figure: storm?.ratio, most: 2 },
    {
      what: 'CPU per request with 1,000,000 sessions, against 10',
      figure: sizes.find(({ sessions }) => sessions === 1_000_000)?.cpu,
      most: 1.05,
    },
    {
      what: "sign-in page's own JavaScript above a bare page, KB gz",
      figure: kilobytes(scripts.find(({ page }) => page === '/sign-in')?.own),
      most: 15,
      unit: ' KB',
    },
    {
      what: 'all cookies of a session',
      figure: kilobytes(own && own.cookieBytes + prefixes),
      most: 1.5,
      unit: ' KB',
    },
  ].flatMap(judge)
}

const kilobytes = (bytes: number | undefined) => (bytes === undefined ? undefined : bytes / 1000)

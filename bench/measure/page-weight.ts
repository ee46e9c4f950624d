// The JavaScript that a page loads at first, gzipped, and how much of it is the page's own.
import { gzipSync } from 'node:zlib'

/** Files that a page names, in tags or for its client components; not what only browsers without modules fetch. */
export const scriptsIn = (html: string): string[] => {
  const old = new Set(
    [...html.matchAll(/<script\b[^>]*\bnomodule\b[^>]*>/gi)].flatMap(([tag]) => /src="([^"?]+)/.exec(tag)?.[1] ?? []),
  )
  const named = [...html.matchAll(/\/_next\/static\/[\w~./[\]@%-]+?\.js\b/g)].map(([path]) => path)
  // Client components are named without the folder in which built files lie.
  const referred = [...html.matchAll(/(?<![\w/])static\/chunks\/[\w~./[\]@%-]+?\.js\b/g)].map(
    ([path]) => `/_next/${path}`,
  )
  return [...new Set([...named, ...referred])].filter((path) => !old.has(path)).sort()
}

const textOf = async (url: string, cookie: string): Promise<string> => {
  const response = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  if (response.status !== 200) throw new Error(`${new URL(url).pathname} answered ${response.status}`)
  return response.text()
}

/** Bytes of all scripts of a page, each gzipped by itself as a server sends it. */
export const weigh = async (origin: string, page: string, cookie = ''): Promise<number> => {
  const scripts = scriptsIn(await textOf(origin + page, cookie))
  if (scripts.length === 0) throw new Error(`${page} names no script`)
  const sizes = await Promise.all(scripts.map(async (path) => gzipSync(await textOf(origin + path, '')).length))
  return sizes.reduce((sum, size) => sum + size, 0)
}

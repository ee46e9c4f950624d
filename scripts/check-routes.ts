// Compares the pages and handlers under app/ with their declarations in lib/core/routes.ts, both ways.
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Route } from '../lib/core/routes'

type Found = { path: string; kind: Route['kind']; methods: readonly string[]; file: string }

const methodNames = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** Next answers HEAD by the exported GET, and OPTIONS by itself: both may be declared, neither must. */
const implied = (method: string, exported: readonly string[]) =>
  method === 'OPTIONS' || (method === 'HEAD' && exported.includes('GET'))

const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

/** Methods that a route.ts exports, by function, constant, destructuring, list or re-export. */
const exportedMethods = (source: string): string[] => {
  const text = withoutComments(source)
  const single = [...text.matchAll(/\bexport\s+(?:async\s+)?(?:function\s*\*?|const|let|var)\s+(\w+)/g)].map(
    (found) => found[1] ?? '',
  )
  const lists = [...text.matchAll(/\bexport\s+(?:(?:const|let|var)\s*)?\{([^}]*)\}/g)].flatMap((found) =>
    (found[1] ?? '').split(',').map(
      (item) =>
        item
          .trim()
          .split(/\s+as\s+|\s*:\s*/)
          .at(-1) ?? '',
    ),
  )
  return methodNames.filter((name) => single.includes(name) || lists.includes(name))
}

/** `(group)/dev/mail/[id]` → `/dev/mail/[id]`; `null` inside a private folder, which Next does not serve. */
const pathOf = (folder: string): string | null => {
  const parts = folder
    .split(sep)
    .filter((part) => part !== '' && part !== '.' && !/^\(.*\)$/.test(part) && !part.startsWith('@'))
  return parts.some((part) => part.startsWith('_')) ? null : `/${parts.join('/')}`
}

const findRoutes = (app: string): Found[] =>
  readdirSync(app, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const served = /^(?:(.*)[\\/])?(page|route)(?:\.lab)?\.(?:tsx?|jsx?)$/.exec(file)
    const path = served && pathOf(served[1] ?? '')
    if (!served || path === null) return []
    const kind = served[2] === 'page' ? ('page' as const) : ('handler' as const)
    const methods = kind === 'page' ? ['GET'] : exportedMethods(readFileSync(join(app, file), 'utf8'))
    return [{ path, kind, methods, file: `app/${file.replaceAll('\\', '/')}` }]
  })

/** Path and methods of each route.ts. @param app folder that is served */
export const findHandlers = (app: string): Found[] => findRoutes(app).filter(({ kind }) => kind === 'handler')

const callFor = ({ path, kind, methods }: Found) =>
  kind === 'page'
    ? `page('${path}', 'session')`
    : `handler('${path}', 'session', ${methods.map((name) => `'${name}'`).join(', ')})`

const faultsOf = (found: Found, declared: readonly Route[]): string[] => {
  const { file, path, kind, methods } = found
  const route = declared.find((one) => one.path === path)
  if (!route) return [`${file} is not declared. Add to lib/core/routes.ts, with the access it needs: ${callFor(found)}`]
  if (route.kind !== kind) return [`${file} is a ${kind}, but lib/core/routes.ts declares ${path} as a ${route.kind}.`]
  const missing = methods.filter((name) => !route.methods.includes(name) && name !== 'HEAD')
  const extra =
    kind === 'page' ? [] : route.methods.filter((name) => !methods.includes(name) && !implied(name, methods))
  return [
    ...missing.map(
      (name) => `${file} answers ${name}, but lib/core/routes.ts does not declare it. Add '${name}' to ${path}.`,
    ),
    ...extra.map(
      (name) =>
        `${file} does not export ${name}, but lib/core/routes.ts declares it. Remove '${name}' from ${path}, or export it.`,
    ),
  ]
}

/** One sentence for each difference; none when both agree. @param app folder that is served */
export const compareRoutes = (app: string, declared: readonly Route[]): string[] => {
  const found = findRoutes(app)
  const missing = declared.filter(({ path }) => !found.some((one) => one.path === path))
  return [
    ...found.flatMap((one) => faultsOf(one, declared)),
    ...missing.map(({ path, kind }) => {
      const file = `app${path === '/' ? '' : path}/${kind === 'page' ? 'page.tsx' : 'route.ts'}`
      return `lib/core/routes.ts declares the ${kind} ${path}, which is not there. Add ${file}, or remove the line.`
    }),
  ]
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { routes } = await import('../lib/core/routes')
  const faults = compareRoutes('app', routes)
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exit(1)
}

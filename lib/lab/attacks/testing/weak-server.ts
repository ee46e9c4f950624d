// A server with the four surfaces of the app, and at some of them a mistake of naive.ts: the runner must find it out.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { cookieValues } from '../../../core/cookies'
import type { Shown } from '../attack'
import { expectedOfLab, judge } from '../judge'
import type { NaiveName } from '../naive'
import { openSmith, type Smith } from '../smith'
import type { Surface } from '../verdicts'
import { fools } from './weak'
import { type Issuer, openIssuer, worldOf } from './world'

/** What a surface does beside what is right: a mistake, or an answer that is none. */
export type Fault = NaiveName | 'breaks' | 'refuses-all'
export type Faults = Partial<Record<Surface, Fault>>

export type WeakServer = {
  origin: string
  issuer: Issuer
  /** Trusted by whoever is weak enough to be fooled by what it signs. */
  lab: Smith
  /** May be changed between requests. */
  faults: Faults
  close: () => Promise<void>
}

const actionField = `$ACTION_ID_${'0a'.repeat(21)}`

const shownBy = ({ headers }: IncomingMessage): Shown => {
  const cookies = cookieValues(headers.cookie ?? null, 'handstamp-at')
  return { cookies, ...(headers.authorization && { authorization: headers.authorization }) }
}

const answerAs: Record<Surface, (response: ServerResponse, ok: boolean) => void> = {
  edge: (response, ok) => response.writeHead(ok ? 204 : 401).end(),
  handler: (response, ok) => response.writeHead(ok ? 200 : 401).end('{}'),
  page: (response, ok) =>
    response.end(`<p data-lab-probe="${ok ? 'signed-in' : 'refused'}"><input type="hidden" name="${actionField}"/>`),
  action: (response, ok) =>
    response.writeHead(303, { location: `/lab/probe?said=${ok ? 'signed-in' : 'refused'}` }).end(),
}

const surfaceOf = ({ method, url }: IncomingMessage): Surface | null => {
  if (url === '/api/lab/gate') return 'edge'
  if (url === '/api/lab/probe') return 'handler'
  return url === '/lab/probe' ? (method === 'POST' ? 'action' : 'page') : null
}

export const openWeakServer = async (): Promise<WeakServer> => {
  const lab = await openSmith()
  const faults: Faults = {}
  const server = createServer(async (request, response) => {
    const surface = surfaceOf(request)
    if (surface === null) return answerRest(request, response)
    const shown = shownBy(request)
    const fault = faults[surface]
    if (fault === 'breaks' && shown.cookies[0] !== issuer.good) return response.writeHead(500).end()
    const now = Date.now()
    const world = await worldOf(issuer, lab.keyring, Math.floor(now / 1000))
    const right = (await judge(shown, issuer.keyring, expectedOfLab({ claims: ownNames }), now)) === 'accepted'
    const fooled = fault && fault !== 'breaks' && fault !== 'refuses-all' && (await fools(fault, shown, world))
    answerAs[surface](response, fault === 'refuses-all' ? false : right || fooled === true)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
  const ownNames = { iss: origin, aud: origin }
  const issuer = await openIssuer(origin, Math.floor(Date.now() / 1000))
  const answerRest = ({ url }: IncomingMessage, response: ServerResponse) => {
    if (url === '/.well-known/jwks.json') return response.end(JSON.stringify(issuer.jwks))
    if (url === '/.well-known/revocations') return response.end(issuer.revocations)
    if (url === '/api/auth/sign-out') return response.writeHead(204).end()
    if (url !== '/api/auth/demo') return response.writeHead(404).end()
    response.writeHead(200, { 'set-cookie': `handstamp-at=${issuer.good}; Path=/` }).end('{}')
  }
  return {
    origin,
    issuer,
    lab,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

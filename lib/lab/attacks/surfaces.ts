// The four places at which a token is looked at, each asked by itself: the gate on the edge, a page, a handler, an action.
import type { Shown } from './attack'
import { type Ask, type Door, knock, type Reply } from './door'
import { headersOf } from './judge'
import { type Surface, surfaces, type Verdict, type Verdicts } from './verdicts'

export type Probes = { door: Door /** Name of the form field by which Next knows the action. */; action: string }

/** `null` where the page is not what it should be, with LAB=off for example. */
export const findProbes = async (door: Door): Promise<Probes | null> => {
  const { status, text } = await knock(door, { path: '/lab/probe' })
  const action = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(text)?.[1]
  return status === 200 && action ? { door, action } : null
}

const boundary = 'handstamp-probe-9f2c4d'

/** The form of the page as a browser without scripts sends it. */
const formOf = (action: string): Pick<Ask, 'method' | 'headers' | 'body'> => ({
  method: 'POST',
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  body: `--${boundary}\r\nContent-Disposition: form-data; name="${action}"\r\n\r\n\r\n--${boundary}--\r\n`,
})

const byStatus =
  (accepted: number) =>
  ({ status }: Reply): Verdict =>
    status === accepted ? 'accepted' : status === 401 ? 'refused' : 'error'

const saidIn = (said: string | undefined): Verdict =>
  said === 'signed-in' ? 'accepted' : said === 'refused' ? 'refused' : 'error'

const questions: Record<Surface, { path: string; read: (reply: Reply) => Verdict }> = {
  edge: { path: '/api/lab/gate', read: byStatus(204) },
  page: { path: '/lab/probe', read: ({ text }) => saidIn(/data-lab-probe="([a-z-]+)"/.exec(text)?.[1]) },
  handler: { path: '/api/lab/probe', read: byStatus(200) },
  action: {
    path: '/lab/probe',
    read: ({ headers: { location } }) => saidIn(/\/lab\/probe\?said=([a-z-]+)$/.exec(String(location))?.[1]),
  },
}

/** Shows one token, or what passes for one, to all four. @throws what knock() throws */
export const showToAll = async ({ door, action }: Probes, shown: Shown): Promise<Verdicts> => {
  const carried = headersOf(shown, door.origin.startsWith('https:'))
  const ask = async (surface: Surface): Promise<[Surface, Verdict]> => {
    const { path, read } = questions[surface]
    const form = surface === 'action' ? formOf(action) : {}
    return [surface, read(await knock(door, { path, ...form, headers: { ...form.headers, ...carried } }))]
  }
  const { edge, page, handler, action: byAction } = Object.fromEntries(await Promise.all(surfaces.map(ask)))
  return { edge: edge ?? 'error', page: page ?? 'error', handler: handler ?? 'error', action: byAction ?? 'error' }
}

// The visitor's own run: the attacks are made from their access token, here, and shown to this very app over HTTP.
import { z } from 'zod'
import { spend } from '../../auth/limits'
import { AppError } from '../../core/errors'
import { redirectWithFlash } from '../../web/form-refusal'
import { json, temporaryRedirect } from '../../web/reply'
import { requireBrowser } from '../../web/require-session'
import type { Call } from '../../web/route'
import type { Attack } from './attack'
import type { Door } from './door'
import { prepareRun, runAttack } from './run'
import { attacks, findAttack } from './table'
import { packResults, type Result } from './verdicts'

/** `only`: ids with spaces between them; all of them where it is missing. */
export const runBody = z.object({ only: z.string().max(2000).optional() })

export const attacksPage = { path: '/lab/attacks', keep: [] }

const chosen = (only: string | undefined): readonly Attack[] => {
  if (only === undefined) return attacks
  return [...new Set(only.split(' '))].map((id) => {
    const attack = findAttack(id)
    if (!attack) throw new AppError('invalid_fields', { errors: { only: 'There is no attack of that name.' } })
    return attack
  })
}

/** Sessions whose attacks are under way in this process. */
const busy = new Set<string>()

const runRows = async (door: Door, token: string, rows: readonly Attack[], now: number): Promise<Result[]> => {
  const prepared = await prepareRun(door, token, now)
  if (!prepared.ok) throw new AppError('temporarily_unavailable', { retryAfter: 5, detail: prepared.problem })
  const results: Result[] = []
  for (const row of rows) {
    const { surfaces, faults } = await runAttack(prepared.aim, row)
    results.push({ id: row.id, surfaces, faults })
  }
  return results
}

/** Whatever keeps this app from reaching itself is told to the log, and is no verdict. */
const runFor = async ({ context, now }: Call<unknown>, token: string, rows: readonly Attack[]): Promise<Result[]> => {
  const { APP_URL, INTERNAL_ORIGIN } = context.env
  try {
    return await runRows({ origin: APP_URL, via: INTERNAL_ORIGIN }, token, rows, now)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('temporarily_unavailable', { retryAfter: 5 }, { cause: error })
  }
}

const summary = (results: readonly Result[]): string => {
  const faulty = results.filter(({ faults }) => faults.length > 0).length
  return faulty === 0
    ? `${results.length === 1 ? 'The attack was' : `All ${results.length} attacks were`} refused at all four places.`
    : `${faulty} of ${results.length} attacks were not refused everywhere. This app must not be used as it is.`
}

/** @throws AppError `unauthenticated`, `rate_limited`, `invalid_fields`, `temporarily_unavailable` */
export const runForVisitor = async (call: Call<z.infer<typeof runBody>>): Promise<Response> => {
  const { session } = await requireBrowser(call)
  const { carried, client, context, fields, form, request } = call
  // The session was refreshed on the way: the same once more, with the new token.
  if (call.setCookies.length > 0 || carried.access === null) return temporaryRedirect('/api/lab/attacks')
  const rows = chosen(fields.only)
  const { labAttackSession, labAttackNetwork } = context.limits
  await spend([
    [labAttackSession, session.id],
    [labAttackNetwork, client.network],
  ])
  if (busy.has(session.id)) throw new AppError('rate_limited', { retryAfter: 5 })
  busy.add(session.id)
  try {
    const results = await runFor(call, carried.access, rows)
    if (!form) return json(200, { results })
    const values = { results: packResults(results) }
    return await redirectWithFlash(
      attacksPage.path,
      { code: 'done', text: summary(results), errors: {}, values },
      request,
      {},
    )
  } finally {
    busy.delete(session.id)
  }
}

// Where a page leads that asks for its user. Next's request scope and the database's fault are stood in for; the session is real.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { signOut } from '../auth/sign-out'
import { turnOn } from '../auth/testing/authenticator'
import { carrying, enrol, sessionOf } from '../auth/testing/people'
import { ann, openTrial, start } from '../auth/testing/trial'
import { AppError } from '../core/errors'

const scope = vi.hoisted(() => ({
  cookie: '',
  path: '/',
  context: undefined as unknown,
  fault: undefined as Error | undefined,
}))

vi.mock('next/headers', () => ({
  headers: async () => new Headers({ cookie: scope.cookie, 'x-handstamp-path': scope.path }),
}))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`)
  },
}))
vi.mock('../clock', async (original) => ({ ...(await original<object>()), now: () => start }))
vi.mock('./context', () => ({
  currentContext: async () => {
    if (scope.fault) throw scope.fault
    return scope.context
  },
}))

const { requireSecondFactor, requireUser } = await import('./session')

const pageAt = (path: string) => {
  scope.path = path
  return requireUser()
}

const arrive = async () => {
  const context = await openTrial()
  const person = await enrol(context)
  scope.context = context
  return { context, person }
}
const cookiesOf = ({ access, refresh }: { access?: string; refresh?: string }) =>
  [access && `handstamp-at=${access}`, refresh && `handstamp-rt=${refresh}`].filter(Boolean).join('; ')

beforeEach(() => {
  scope.fault = undefined
  scope.cookie = ''
})

describe('a page that needs a user', () => {
  test('gets the one whose session it is', async () => {
    const { person } = await arrive()
    scope.cookie = cookiesOf(person.tokens)
    expect((await pageAt('/dashboard')).user.id).toBe(person.user.id)
  })

  test('leads to sign-in without a session, and back', async () => {
    await arrive()
    await expect(pageAt('/a?b=c')).rejects.toThrow(/^redirect \/sign-in\?next=%2Fa%3Fb%3Dc$/)
  })

  test('leads to a refresh when the session ended, which says why and clears the cookies', async () => {
    const { context, person } = await arrive()
    await signOut(context, carrying(person.tokens), ann, start)
    scope.cookie = cookiesOf(person.tokens)
    await expect(pageAt('/a')).rejects.toThrow(/^redirect \/api\/auth\/refresh\?next=%2Fa$/)
  })

  test('leads to sign-in when the cookies are of two people', async () => {
    const { context, person } = await arrive()
    const other = await enrol(context)
    scope.cookie = cookiesOf({ access: person.tokens.access, refresh: other.tokens.refresh })
    await expect(pageAt('/a')).rejects.toThrow(/^redirect \/sign-in\?next=%2Fa$/)
  })

  test('leads to a 503 while the database does not answer, and signs nobody out', async () => {
    const { person } = await arrive()
    scope.cookie = cookiesOf(person.tokens)
    scope.fault = new AppError('temporarily_unavailable')
    await expect(pageAt('/a')).rejects.toThrow(/^redirect \/unavailable\?next=%2Fa$/)
  })

  test('fails aloud for what nobody foresaw', async () => {
    await arrive()
    scope.fault = new Error('no such table')
    await expect(pageAt('/a')).rejects.toThrow('no such table')
  })
})

test('M-8 a page that needs a second factor leads who has none to where one is turned on', async () => {
  const { context, person } = await arrive()
  scope.cookie = cookiesOf(person.tokens)
  await expect(requireSecondFactor()).rejects.toThrow('redirect /settings/security')
  const { tokens } = await turnOn(context, { user: person.user, session: await sessionOf(context, person.sid) })
  scope.cookie = cookiesOf(tokens)
  expect((await requireSecondFactor()).user.id).toBe(person.user.id)
})

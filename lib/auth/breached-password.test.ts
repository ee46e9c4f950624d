// The range query against a real server, well and badly behaved: five digits leave, and nothing it does keeps anybody waiting.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { log } from '../log'
import { openBreachCheck } from './breached-password'
import { changePassword } from './change-password'
import { resetPassword } from './reset-password'
import { signUp } from './sign-up'
import { enrol, password, sessionOf } from './testing/people'
import { refusalOf } from './testing/records'
import { ann, openTrial, start } from './testing/trial'

const stolen = 'copper lantern drifts eastward'
const digest = createHash('sha1').update(stolen).digest('hex').toUpperCase()
const [prefix, rest] = [digest.slice(0, 5), digest.slice(5)]
const others = Array.from({ length: 900 }, (_, i) => `${String(i).padStart(35, 'A')}:${i}`).join('\r\n')
const withStolen = `${others}\r\n${rest}:7\r\n`

type Asked = { url: string | undefined; headers: IncomingMessage['headers']; text: string }
const serve = async (answer: (response: ServerResponse, request: IncomingMessage) => void) => {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      asked.push({ url: request.url, headers: request.headers, text })
      answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/range/`, asked, server }
}
const saying = (text: string, status = 200) => serve((response) => response.writeHead(status).end(text))

describe('a service that works', () => {
  test('finds a stolen password by five digits, with padding, and is told nothing else', async () => {
    const { url, asked } = await saying(withStolen)
    expect(await openBreachCheck(url)(stolen)).toBe(true)
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ url: `/range/${prefix}`, text: '' })
    expect(asked[0]?.headers['add-padding']).toBe('true')
    expect(asked[0]?.headers).not.toHaveProperty('cookie')
    expect(JSON.stringify(asked)).not.toContain(rest.slice(0, 6))
    expect(JSON.stringify(asked)).not.toContain('copper')
  })

  test.each([
    ['a range without it', others, false],
    ['its line as padding, with a count of 0', `${others}\n${rest}:0`, false],
    ['its line in lower case', `${others}\n${rest.toLowerCase()}:1`, true],
    ['its line alone', `${rest}:1`, true],
  ])('says of %s what it is', async (_name, range, listed) => {
    const { url } = await saying(range)
    expect(await openBreachCheck(url)(stolen)).toBe(listed)
  })

  test('is asked about é as it will be hashed, however it was typed', async () => {
    const { url, asked } = await saying(others)
    const isBreached = openBreachCheck(url)
    await isBreached('caf\u00e9 on the quiet corner')
    await isBreached('cafe\u0301 on the quiet corner')
    expect(asked[0]?.url).toBe(asked[1]?.url)
  })
})

describe('a service that fails lets the password pass, soon, and is logged without the digits', () => {
  const failing = async (url: string, reason: string | RegExp) => {
    const warn = vi.spyOn(log(), 'warn')
    const began = performance.now()
    expect(await openBreachCheck(url)(stolen)).toBe(false)
    const took = performance.now() - began
    expect(warn).toHaveBeenCalledTimes(1)
    const said = JSON.stringify(warn.mock.calls)
    expect(said).toMatch(reason)
    expect(said.toUpperCase()).not.toContain(prefix)
    expect(said).not.toContain('/range/')
    warn.mockRestore()
    return took
  }

  test('when it never answers', async () => {
    const { url } = await serve(() => undefined)
    expect(await failing(url, /timeout/)).toBeLessThan(2500)
  })

  test('when it begins and never ends', async () => {
    const { url } = await serve((response) => response.writeHead(200).write(withStolen))
    expect(await failing(url, /timeout/)).toBeLessThan(2500)
  })

  test('when it is down', async () => {
    const { url, server } = await saying(withStolen)
    await new Promise((resolve) => server.close(resolve))
    await failing(url, /ECONNREFUSED/)
  })

  test('when it sends more than there can be', async () => {
    const { url } = await serve((response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write(withStolen));
      }
      response.on('drain', more)
      more()
    })
    await failing(url, /too large/)
  })

  test.each([
    ['an error', withStolen, 500, /status 500/],
    ['a page', '<!doctype html><title>Welcome</title>', 200, /no range/],
    ['nothing', '', 200, /no range/],
    ['a range with a wrong line', `${withStolen}\nnonsense`, 200, /no range/],
  ])('when it answers with %s', async (_name, text, status, reason) => {
    const { url } = await saying(text, status)
    await failing(url, reason)
  })

  test('when it leads elsewhere', async () => {
    const other = await saying(withStolen)
    const { url } = await serve((response) => response.writeHead(302, { location: `${other.url}${prefix}` }).end())
    await failing(url, /./)
    expect(other.asked).toEqual([])
  })
})

describe('a stolen password', () => {
  const words = /list of stolen passwords/

  test('is refused in its own words at sign-up, change and reset, and a good one is taken', async () => {
    const { url } = await saying(withStolen)
    const trial = await openTrial({ PASSWORD_BREACH_CHECK: url })
    const asked = { name: 'Bob', email: 'bob@example.com' }
    expect(
      (await refusalOf(signUp(trial, { ...asked, password: stolen }, ann, start))).details.errors?.password,
    ).toMatch(words)
    expect(trial.mails).toEqual([])
    await signUp(trial, { ...asked, password: 'violet anchor mumbles loudly' }, ann, start)
    expect(trial.mails).toHaveLength(1)

    const person = await enrol(trial, { password })
    const holder = { user: person.user, session: await sessionOf(trial, person.sid) }
    const change = { currentPassword: password, newPassword: stolen }
    const refused = await refusalOf(changePassword(trial, holder, change, ann, start))
    expect(refused.details.errors?.newPassword).toMatch(words)
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedAt: null })
  })

  test('uses up no link for a new one', async () => {
    const { url } = await saying(withStolen)
    const trial = await openTrial({ PASSWORD_BREACH_CHECK: url })
    const { user } = await enrol(trial, { password })
    const { forgotPassword } = await import('./forgot-password')
    await (await forgotPassword(trial, user.email, ann, start)).mailing
    const [, token = ''] = /token=([\w-]+)/.exec(trial.mails[0]?.text ?? '') ?? []
    const refused = await refusalOf(resetPassword(trial, { token, password: stolen }, ann, start))
    expect(refused.details.errors?.password).toMatch(words)
    await resetPassword(trial, { token, password: 'violet anchor mumbles loudly' }, ann, start)
  })

  test('is nobody’s business by default', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch')
    const trial = await openTrial()
    await signUp(trial, { name: 'Bob', email: 'bob@example.com', password: stolen }, ann, start)
    expect(fetching).not.toHaveBeenCalled()
    fetching.mockRestore()
  })
})

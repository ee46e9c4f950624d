// nginx with examples/nginx/auth-request.conf as it is on disk but for its ports, between callers and a bare application.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../e2e/fixtures/free-port'
import { launchService, type ServiceSettings } from '../e2e/fixtures/service'

/** What the application behind has been sent. */
type Reached = { method: string; headers: IncomingHttpHeaders; body: string }
export type Nginx = { url: string; reached: Reached[]; close: () => Promise<void> }
/** A property of the set-up, and whether it held. */
export type Held = { name: string; right: boolean; told: string }

const launchApplication = async (reached: Reached[]): Promise<{ port: number; close: () => void }> => {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    reached.push({ method: request.method ?? '', headers: request.headers, body })
    response.end(String(request.headers['x-user'] ?? ''))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close().closeAllConnections() }
}

const withPorts = (conf: string, ports: readonly (readonly [from: string, to: string])[]): string =>
  ports.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`auth-request.conf does not say "${from}" once`)
    return text.replace(from, to)
  }, conf)

/** @param program nginx, however it is called here */
export const launchNginx = async (program: string, verifierPort: number, folder: string): Promise<Nginx> => {
  const reached: Reached[] = []
  const application = await launchApplication(reached)
  const port = await freePort()
  const prefix = await mkdtemp(join(folder, 'nginx-'))
  // Started by root, its workers are somebody else.
  for (const path of [folder, prefix]) await chmod(path, 0o755)
  const conf = withPorts(await readFile('examples/nginx/auth-request.conf', 'utf8'), [
    ['127.0.0.1:4000', `127.0.0.1:${verifierPort}`],
    ['listen 8080', `listen 127.0.0.1:${port}`],
    ['127.0.0.1:5000', `127.0.0.1:${application.port}`],
  ])
  await writeFile(join(prefix, 'auth-request.conf'), conf)
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`)
  await writeFile(
    join(prefix, 'nginx.conf'),
    `daemon off; pid nginx.pid; error_log error.log; events {}
     http { access_log off; ${scratch.join(' ')} include auth-request.conf; }`,
  )
  const child = spawn(program, ['-p', prefix, '-e', 'error.log', '-c', 'nginx.conf'], { stdio: 'pipe' })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const url = `http://127.0.0.1:${port}/`
  for (let i = 0; !(await fetch(url).catch(() => null)); i++) {
    if (i === 50 || child.exitCode !== null) throw new Error(`nginx did not start: ${said}`)
    await sleep(100)
  }
  return {
    url,
    reached,
    close: async () => {
      application.close()
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

type Ask = { url?: string; method?: string; headers?: Record<string, string>; body?: string }

/** What no single token shows: whom the application sees, and what happens without a verifier. */
export const checkNginx = async (
  program: string,
  settings: ServiceSettings,
  folder: string,
  { token, sub }: { token: string; sub: string },
): Promise<Held[]> => {
  const held: Held[] = []
  const bearer = { authorization: `Bearer ${token}` }
  const spoofed = { 'x-user': 'admin' }
  const service = await launchService(settings)
  const nginx = await launchNginx(program, service.port, folder)
  const ask = async ({ url = nginx.url, ...init }: Ask, at = nginx) => {
    at.reached.length = 0
    const answer = await fetch(url, init)
    return { status: answer.status, challenge: answer.headers.get('www-authenticate'), reached: at.reached[0] ?? null }
  }
  const check = (name: string, got: object, right: boolean) => held.push({ name, right, told: JSON.stringify(got) })
  try {
    const good = await ask({ headers: { ...bearer, ...spoofed, x_user: 'admin', cookie: 'own=1' } })
    const { headers } = good.reached ?? {}
    check('a brought X-User is overwritten', good, good.status === 200 && headers?.['x-user'] === sub)
    check('one spelled X_User does not arrive', good, headers?.x_user === undefined)
    check('the application gets no token', good, !JSON.stringify(good.reached).includes(token))
    const post = await ask({ method: 'POST', headers: bearer, body: 'the body' })
    check('a body arrives whole', post, post.reached?.method === 'POST' && post.reached.body === 'the body')
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      const none = await ask({ method, headers: { ...spoofed, 'access-control-request-method': 'GET' } })
      check(
        `${method} without a token is 401`,
        none,
        none.status === 401 && !none.reached && none.challenge === 'Bearer',
      )
    }
    const inner = await ask({ url: `${nginx.url}_verify`, headers: bearer })
    check('nobody reaches the verifier through it', inner, inner.status === 404 && !inner.reached)
    await service.close()
    const down = await ask({ headers: { ...bearer, ...spoofed } })
    check('with the verifier down nothing gets through', down, down.status >= 500 && !down.reached)
  } finally {
    await nginx.close()
    await service.close()
  }
  const listless = await launchService({ ...settings, revocations: 'http://127.0.0.1:9/' })
  const behind = await launchNginx(program, listless.port, folder)
  try {
    const blind = await ask({ url: behind.url, headers: bearer }, behind)
    check('without a revocation list nothing gets through', blind, blind.status >= 500 && !blind.reached)
  } finally {
    await behind.close()
    await listless.close()
  }
  return held
}

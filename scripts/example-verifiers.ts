// The verifiers of examples/: how each is found on this machine, made ready and asked. A missing toolchain is a reason.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { launchService, type ServiceSettings } from '../e2e/fixtures/service'
import type { Algorithm } from '../lib/core/algorithms'
import { launchNginx } from './example-nginx'

export type Verdict = { ok: boolean /** `null` where it is not told. */; reason: string | null; sub: string | null }
type Settings = ServiceSettings
/** Those that a service can verify: HS256 is for ourselves. */
export type ServiceAlgorithm = Exclude<Algorithm, 'HS256'>
export const serviceAlgorithms: readonly ServiceAlgorithm[] = ['ES256', 'EdDSA', 'RS256', 'PS256']
export type Opened = { version: string; judge: (token: string) => Promise<Verdict>; close: () => Promise<void> }
/** @param folder for what is compiled */
export type Example = {
  name: string
  /** Those that docs/verify.md says it knows. */
  algorithms: readonly ServiceAlgorithm[]
  open: (settings: Settings, folder: string) => Promise<Opened | { skipped: string }>
}

type Ended = { code: number | null; out: string; all: string }

const run = (command: readonly string[], input = ''): Promise<Ended> =>
  new Promise((resolve) => {
    const [program = '', ...args] = command
    const child = spawn(program, args, { timeout: 120_000 })
    let [out, all] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk
      all += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      all += chunk
    })
    child.on('error', (error) => resolve({ code: null, out, all: error.message }))
    child.on('close', (code) => resolve({ code, out, all }))
    // One that refuses to start reads nothing.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''

/** What a program says of itself, or `null` when it is not there. */
const versionOf = async (...command: string[]): Promise<string | null> => {
  const { code, all } = await run(command)
  return code === 0 ? firstLine(all) : null
}

const flagsOf = ({ jwks, issuer, audience, revocations }: Settings): string[] => [
  ...['--jwks', jwks, '--issuer', issuer, '--audience', audience],
  ...['--revocations', revocations],
]

const readVerdict = ({ code, out, all }: Ended): Verdict => {
  try {
    const { ok, reason = null, sub = null } = JSON.parse(out)
    if (code === (ok === true ? 0 : 1) && out.trim().split('\n').length === 1) return { ok, reason, sub }
  } catch {
    // Told below, with all that it said.
  }
  throw new Error(`No verdict: exit ${code}, ${all}`)
}

/** A program that is run once for each token, which it reads from its standard input. */
const asProgram = (version: string, command: readonly string[], settings: Settings): Opened => ({
  version,
  judge: async (token) => readVerdict(await run([...command, '-', ...flagsOf(settings)], `${token}\n`)),
  close: async () => {},
})

const node = (file: string): Example['open'] => {
  const open = async (settings: Settings) => asProgram(process.version, [process.execPath, file], settings)
  return open
}

const python: Example['open'] = async (settings) => {
  const probe = 'import jwt, cryptography, platform; print(platform.python_version(), "PyJWT", jwt.__version__)'
  for (const program of ['python3', '/usr/bin/python3']) {
    const version = await versionOf(program, '-c', probe)
    if (version) return asProgram(version, [program, 'examples/python/verify.py'], settings)
  }
  return { skipped: 'no python3 with jwt and cryptography (Debian: python3-jwt, python3-cryptography)' }
}

const go: Example['open'] = async (settings, folder) => {
  const version = await versionOf('go', 'version')
  if (!version) return { skipped: 'no go' }
  const program = join(folder, 'verify-go')
  const built = await run(['go', 'build', '-o', program, 'examples/go/verify.go'])
  if (built.code !== 0) throw new Error(built.all)
  return asProgram(version.replace('go version ', ''), [program], settings)
}

const java: Example['open'] = async (settings, folder) => {
  const version = await versionOf('java', '--version')
  if (!version) return { skipped: 'no java' }
  const source = 'examples/java/Verify.java'
  const compiled = await run(['javac', '-d', folder, source])
  // Without a compiler of its own, `java` compiles the file each time.
  return asProgram(version, compiled.code === 0 ? ['java', '-cp', folder, 'Verify'] : ['java', source], settings)
}

const openssl: Example['open'] = async (settings) => {
  const tools = ['bash', 'curl', 'openssl', 'jq']
  const missing = []
  for (const tool of tools)
    if (!(await versionOf(tool, tool === 'openssl' ? 'version' : '--version'))) missing.push(tool)
  if (missing.length > 0) return { skipped: `no ${missing.join(', no ')}` }
  return asProgram((await versionOf('openssl', 'version')) ?? '', ['bash', 'examples/openssl/verify.sh'], settings)
}

/** The service that stands for all that run on: it keeps keys and list between two tokens. */
const service: Example['open'] = async (settings) => {
  const { url, close } = await launchService(settings)
  return {
    version: process.version,
    judge: async (token) => {
      const answer = await fetch(`${url}/verify`, { headers: { authorization: `Bearer ${token}` } })
      if (answer.status !== 204 && answer.status !== 401) throw new Error(`The service answered ${answer.status}`)
      return { ok: answer.status === 204, reason: null, sub: answer.headers.get('x-user') }
    },
    close,
  }
}

/** nginx with the module that asks, or why there is none. */
export const findNginx = async (): Promise<{ program: string; version: string } | { skipped: string }> => {
  // Debian's is where only root looks.
  for (const program of ['nginx', '/usr/sbin/nginx']) {
    const { code, all } = await run([program, '-V'])
    if (code !== 0) continue
    if (!all.includes('--with-http_auth_request_module')) return { skipped: 'nginx without http_auth_request_module' }
    return { program, version: firstLine(all).replace('nginx version: ', '') }
  }
  return { skipped: 'no nginx' }
}

const nginx: Example['open'] = async (settings, folder) => {
  const found = await findNginx()
  if ('skipped' in found) return found
  const verifier = await launchService(settings)
  const { url, reached, close } = await launchNginx(found.program, verifier.port, folder)
  return {
    version: found.version,
    judge: async (token) => {
      reached.length = 0
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, 'x-user': 'somebody-else' } })
      const sub = await answer.text()
      if (answer.status !== (reached.length === 1 ? 200 : 401)) throw new Error(`nginx answered ${answer.status}`)
      return { ok: answer.status === 200, reason: null, sub: answer.status === 200 ? sub : null }
    },
    close: async () => {
      await close()
      await verifier.close()
    },
  }
}

export const examples: readonly Example[] = [
  { name: 'node, jose', algorithms: serviceAlgorithms, open: node('examples/node/verify-jose.mjs') },
  { name: 'node, WebCrypto', algorithms: serviceAlgorithms, open: node('examples/node/verify-webcrypto.mjs') },
  { name: 'node, a service', algorithms: serviceAlgorithms, open: service },
  { name: 'nginx', algorithms: serviceAlgorithms, open: nginx },
  { name: 'python', algorithms: serviceAlgorithms, open: python },
  { name: 'go', algorithms: serviceAlgorithms, open: go },
  { name: 'java', algorithms: serviceAlgorithms, open: java },
  { name: 'openssl', algorithms: serviceAlgorithms, open: openssl },
]

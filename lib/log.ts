// Structured log lines on stdout. Never holds a token, a password, a code or an address.
import pino from 'pino'
import { env } from './env'

const secrets = ['password', 'token', 'cookie', 'authorization', 'email', 'secret']
const paths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

const create = () => pino({ level: env().LOG_LEVEL, redact: { paths, censor: '[redacted]' }, base: null })
let logger: ReturnType<typeof create> | undefined

/** This process's logger, made at first use so that a wrong setting is reported by the gate and not by an import. */
export const log = (): ReturnType<typeof create> => {
  logger ??= create()
  return logger
}

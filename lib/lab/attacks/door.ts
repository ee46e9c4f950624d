// One app over HTTP: sends exactly the headers that it is given, which fetch would not, and follows nothing.
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'

export type Door = {
  /** The app as browsers know it. */
  origin: string
  /** Where it is reached, if not there. */
  via?: string
}

export type Reply = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

export type Ask = { path: string; method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }

/** Milliseconds without an answer. */
const patience = 30_000
/** The largest answer that is read: the list of ended sessions is shorter. */
const mostBytes = 1_000_000

/** @throws the socket's error, or one that says what was wrong with the answer */
export const knock = (
  { origin, via = origin }: Door,
  { path, method = 'GET', headers, body = '' }: Ask,
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const url = new URL(path, via)
    const send = url.protocol === 'https:' ? overHttps : overHttp
    const sent = send(
      url,
      {
        method,
        timeout: patience,
        headers: {
          host: new URL(origin).host,
          ...(method === 'POST' && {
            origin,
            'sec-fetch-site': 'same-origin',
            'content-length': String(Buffer.byteLength(body)),
          }),
          ...headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = []
        let size = 0
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length
          chunks.push(chunk)
          if (size > mostBytes) sent.destroy(new Error(`${path} answers with more than ${mostBytes} bytes`))
        })
        answer.on('error', reject)
        answer.on('end', () => {
          const { statusCode = 0 } = answer
          resolve({ status: statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() })
        })
      },
    )
    sent.on('timeout', () => sent.destroy(new Error(`${path} did not answer within ${patience / 1000} s`)))
    sent.on('error', reject)
    sent.end(body)
  })

// The client: a few connections that are kept, each asking again as soon as its answer is there. Every answer is looked
// at; a wrong one ends the run, because a fast wrong answer is no figure.
import { Agent, request } from 'node:http'
import type { SignedIn } from '../subjects/subject'

export type Asked = { status: number; body: string }
/** How much is asked: for a time, or a number of requests. */
export type Amount = { milliseconds: number } | { requests: number }
export type Load = { requests: number; seconds: number /** Milliseconds of each request. */; latencies: number[] }

const ask = (agent: Agent, url: URL, cookie: string): Promise<Asked> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers: cookie === '' ? {} : { cookie } }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end()
  })

/** @throws unless it is a 200 that names whoever is signed in */
const mustBeRight = ({ status, body }: Asked, { marker }: Pick<SignedIn, 'marker'>): void => {
  if (status !== 200) throw new Error(`A request was answered by ${status}: ${body.slice(0, 200)}`)
  if (!body.includes(marker)) throw new Error(`An answer does not name ${marker}: ${body.slice(0, 200)}`)
}

/** @param people one or more sessions, asked for in turn */
export const load = async (
  url: URL,
  people: readonly SignedIn[],
  connections: number,
  amount: Amount,
): Promise<Load> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies: number[] = []
  const started = performance.now()
  let turn = 0
  const isDone = () =>
    'requests' in amount ? turn >= amount.requests : performance.now() - started >= amount.milliseconds
  const line = async () => {
    while (!isDone()) {
      const person = people[turn++ % people.length]
      if (!person) throw new Error('Nobody is signed in')
      const asked = performance.now()
      mustBeRight(await ask(agent, url, person.cookie), person)
      latencies.push(performance.now() - asked)
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, line))
    return { requests: latencies.length, seconds: (performance.now() - started) / 1000, latencies }
  } finally {
    agent.destroy()
  }
}

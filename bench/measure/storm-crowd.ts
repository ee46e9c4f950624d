// The process of the 500: all sign in at once, each from a network of their own.
import type { StormOrder, StormReport } from './storm'

const signIn = async ({ url, password }: StormOrder, email: string, i: number): Promise<number> => {
  const response = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': `198.51.${Math.floor(i / 250)}.${i % 250}`,
    },
    body: JSON.stringify({ email, password }),
  })
  await response.arrayBuffer()
  return response.status
}

process.on('message', async (order: StormOrder) => {
  const statuses = await Promise.all(order.emails.map((email, i) => signIn(order, email, i)))
  const signedIn = statuses.filter((status) => status === 200).length
  const refused = statuses.filter((status) => status === 503).length
  const report: StormReport = { signedIn, refused }
  if (signedIn + refused !== statuses.length) throw new Error(`Other answers: ${[...new Set(statuses)].join(', ')}`)
  process.send?.(report)
})
process.send?.('ready')

// Making and checking one access token, beside what node:crypto takes for the bare signature over the same bytes.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { now } from '../../lib/clock'
import { mintAccessToken } from '../../lib/core/mint'
import { verifyAccessToken } from '../../lib/core/token'
import { enrol, openInstallation } from './installation'
import type { OpenSide } from './side'

const openOwn = async (place: Parameters<OpenSide>[0]) => {
  const context = await openInstallation(place)
  const { tokens } = await enrol(context)
  const { keyring, signing } = await context.keys(now())
  const verdict = await verifyAccessToken(tokens.access, keyring, context.expected, now())
  if (!verdict.ok) throw new Error('The token was refused')
  return { context, token: tokens.access, claims: verdict.claims, keyring, signing }
}

export const issue: OpenSide = async (place) => {
  const { claims, signing } = await openOwn(place)
  return { once: () => mintAccessToken(claims, signing) }
}

export const check: OpenSide = async (place) => {
  const { context, token, keyring } = await openOwn(place)
  return {
    once: async () => {
      const { ok } = await verifyAccessToken(token, keyring, context.expected, now())
      if (!ok) throw new Error('The token was refused')
    },
  }
}

/** With somebody who hears every step: what it costs more than `check` is the most that the lab's tracer can cost. */
export const checkWatched: OpenSide = async (place) => {
  const { context, token, keyring } = await openOwn(place)
  let heard = 0
  return {
    once: async () => {
      const { ok } = await verifyAccessToken(token, keyring, context.expected, now(), () => {
        heard++
      })
      if (!ok || heard === 0) throw new Error('The token was refused')
    },
  }
}

const dsaEncoding = 'ieee-p1363' as const
const openRaw = () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const privateKey = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const publicKey = createPublicKey(privateKey)
  // As long as a token's first two segments are.
  const bytes = Buffer.alloc(480, 'a')
  const signature = sign('sha256', bytes, { key: privateKey, dsaEncoding })
  return { privateKey, publicKey, bytes, signature }
}

export const rawSign: OpenSide = async () => {
  const { privateKey, bytes } = openRaw()
  return { once: () => sign('sha256', bytes, { key: privateKey, dsaEncoding }) }
}

export const rawVerify: OpenSide = async () => {
  const { publicKey, bytes, signature } = openRaw()
  return {
    once: () => {
      if (!verify('sha256', bytes, { key: publicKey, dsaEncoding }, signature)) throw new Error('A bad signature')
    },
  }
}

// Everything that the page bench measures, in the order of its table.
import { bare, emptyMiddleware } from './bare'
import { betterAuth, betterAuthCached } from './better-auth'
import { handstamp } from './handstamp'
import { nextAuth4, nextAuth5 } from './next-auth'
import { ironSession, saasStarter } from './sealed-cookie'
import type { Subject } from './subject'

const peers: readonly Subject[] = [saasStarter, betterAuth, betterAuthCached, ironSession, nextAuth4, nextAuth5]

export const subjects: readonly Subject[] = [bare, emptyMiddleware, handstamp, ...peers]

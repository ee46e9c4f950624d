// Turns a decision of the gate into a response, with the security headers that every answer carries.
import { type NextRequest, NextResponse } from 'next/server'
import { challenge, readBearer } from '../core/bearer'
import { clearedCookie } from '../core/cookies'
import { type ErrorCode, problemOf, refusals } from '../core/errors'
import { flashHeader, isIdentityHeader, pathHeader, traceHeader } from '../core/identity-headers'
import { isSafeMethod } from '../core/origin'
import { plainPage } from '../core/plain-page'
import { contentSecurityPolicy, fixedSecurityHeaders, privateHeaders } from '../core/response-headers'
import { speaksJson } from '../core/routes'
import type { Env } from '../env'
import { newNonce } from './nonce'

export type Deployment = Pick<Env, 'secure' | 'development' | 'CONNECT_ORIGINS'>

const policyOf = (nonce: string, { development, CONNECT_ORIGINS }: Deployment): string =>
  contentSecurityPolicy(nonce, development, CONNECT_ORIGINS)

const withHeaders = (response: NextResponse, policy: string, { secure }: Deployment): NextResponse => {
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of fixedSecurityHeaders(secure)) response.headers.set(name, value)
  return response
}

const keptPrivate = (response: NextResponse): NextResponse => {
  for (const [name, value] of privateHeaders) response.headers.set(name, value)
  response.headers.append('vary', 'Cookie')
  return response
}

/** The page's own address: without the message that it shows once and what Next's router adds. */
const pathOf = ({ nextUrl: { pathname, search, searchParams } }: NextRequest): string => {
  if (search === '') return pathname
  const kept = [...searchParams].filter(([name]) => name !== 'flash' && name !== '_rsc')
  return kept.length === 0 ? pathname : `${pathname}?${new URLSearchParams(kept)}`
}

/**
 * Lets the request through, without the headers by which it could claim to be somebody.
 * @param shared whether the handler's own word on caching and other origins stands
 * @param trace what the lab's page is told of the gate's work
 */
export const passOn = (request: NextRequest, shared: boolean, deployment: Deployment, trace?: string): NextResponse => {
  const policy = policyOf(newNonce(), deployment)
  const headers = new Headers(request.headers)
  // Of the request's own: whoever takes names out of a list that is being walked skips some.
  for (const name of request.headers.keys()) if (isIdentityHeader(name)) headers.delete(name)
  // The root layout can't see the query; it puts the message's code on <html>.
  headers.set(flashHeader, request.nextUrl.searchParams.get('flash') ?? '')
  headers.set(pathHeader, pathOf(request))
  if (trace) headers.set(traceHeader, trace)
  // Next takes the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)
  const response = withHeaders(NextResponse.next({ request: { headers } }), policy, deployment)
  return shared ? response : keptPrivate(response)
}

export const redirectTo = (request: NextRequest, to: string, clear: boolean, deployment: Deployment): NextResponse => {
  // 303 turns a post to a gated page into a look at the sign-in page; a GET keeps its method by 307.
  const response = NextResponse.redirect(new URL(to, request.nextUrl.origin), isSafeMethod(request.method) ? 307 : 303)
  if (clear) {
    response.headers.append('set-cookie', clearedCookie('at', deployment.secure))
    response.headers.append('set-cookie', clearedCookie('rt', deployment.secure))
  }
  return keptPrivate(withHeaders(response, policyOf(newNonce(), deployment), deployment))
}

export type RefusalDetails = { allow?: readonly string[]; detail?: string; retryAfter?: number }

export const refuse = (
  request: NextRequest,
  code: ErrorCode,
  details: RefusalDetails,
  deployment: Deployment,
): NextResponse => {
  const { allow, ...spoken } = details
  const { status, body, headers } = problemOf(code, spoken)
  const nonce = newNonce()
  const policy = policyOf(nonce, deployment)
  const json = speaksJson(request.nextUrl.pathname)
  const text = spoken.detail ?? 'Nothing was changed.'
  const page = json
    ? JSON.stringify(body)
    : plainPage({
        code,
        title: refusals[code].title,
        text,
        retry: status === 503 ? request.nextUrl.pathname + request.nextUrl.search : null,
        nonce,
      })
  const response = new NextResponse(request.method === 'HEAD' ? null : page, { status, headers })
  if (!json) response.headers.set('content-type', 'text/html; charset=utf-8')
  if (status === 401 && readBearer(request.headers.get('authorization')) !== null)
    response.headers.set('www-authenticate', challenge)
  if (allow) response.headers.set('allow', allow.join(', '))
  return keptPrivate(withHeaders(response, policy, deployment))
}

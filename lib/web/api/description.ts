// The description of the HTTP contract as an OpenAPI 3.1 document, made from the table of calls and its schemas.
import { z } from 'zod'
import { cookieName } from '../../core/cookies'
import { type ErrorCode, refusals } from '../../core/errors'
import { isSafeMethod } from '../../core/origin'
import { productName } from '../../core/product'
import type { Operation } from './operation'
import { operations } from './operations'
import { schemas } from './schemas'

type Place = { APP_URL: string; secure: boolean }

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** What any call may answer that meets trouble of ours, or comes for another host. */
const always: readonly ErrorCode[] = [
  'misdirected_request',
  'internal_error',
  'temporarily_unavailable',
  'misconfigured',
]
/** What any call may answer that changes something: its body and its origin are looked at first. */
const unsafe: readonly ErrorCode[] = ['bad_request', 'forbidden_origin', 'body_too_large', 'unsupported_media_type']

const componentsOf = () => {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    unrepresentable: 'any',
  })
  // A component has its place for an id.
  return Object.fromEntries(
    Object.entries(made.schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  )
}

const answersOf = ({ answers }: Operation) =>
  Object.entries(answers).map(([status, { body, type }]) => {
    const text = type && body === null ? { [type]: { schema: { type: 'string' } } } : null
    const content = text ?? (body && { [type ?? 'application/json']: { schema: ref(body) } })
    return [status, { description: 'As asked.', ...(content && { content }) }] as const
  })

/** Problem details by status, with the codes that this call uses it for. */
const problemsOf = ({ method, refusals: own = [], answers }: Operation) => {
  const codes = [...new Set([...own, ...(isSafeMethod(method) ? [] : unsafe), ...always])]
  const statuses = [...new Set(codes.map((code) => refusals[code].status))].filter((status) => !(status in answers))
  return statuses.map((status) => {
    const here = codes.filter((code) => refusals[code].status === status)
    const schema = { allOf: [ref('Problem'), { properties: { code: { enum: here } } }] }
    const waits = status === 429 || status === 503
    return [
      String(status),
      {
        description: here.map((code) => `${code}: ${refusals[code].title}`).join(' '),
        content: { 'application/problem+json': { schema } },
        ...(waits && { headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'string' } } } }),
      },
    ] as const
  })
}

const security: Record<Operation['by'], Record<string, string[]>[]> = {
  anybody: [],
  cookies: [{ session: [] }],
  'cookies or bearer': [{ session: [] }, { bearer: [] }],
  'cookies or personal token': [{ session: [] }, { personal: [] }],
}

const operationOf = (operation: Operation) => {
  const { method, path, summary, by, body, alwaysJson, query = {} } = operation
  const name = path.split('/').at(-1) === '[id]' ? '[id]' : null
  const formed = body && !alwaysJson
  const media = { schema: body && ref(body) }
  return {
    operationId: `${method.toLowerCase()}${path.replace(/\W+(\w)?/g, (_, letter = '') => letter.toUpperCase())}`,
    summary,
    security: security[by],
    ...((name || Object.keys(query).length > 0) && {
      parameters: [
        ...(name ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
        ...Object.entries(query).map(([parameter, description]) => ({
          name: parameter,
          in: 'query',
          description,
          schema: { type: 'string' },
        })),
      ],
    }),
    ...(body && {
      requestBody: {
        required: false,
        content: { 'application/json': media, 'application/x-www-form-urlencoded': media },
      },
    }),
    responses: Object.fromEntries([
      ...answersOf(operation),
      ...(formed ? [['303', { description: 'A form: on to a page, with its message there.' }] as const] : []),
      ...problemsOf(operation),
    ]),
  }
}

/** `/a/[id]` as OpenAPI spells it. */
const templated = (path: string) => path.replace(/\[(\w+)\]/g, '{$1}')

export const describeApi = ({ APP_URL, secure }: Place, version: string) => ({
  openapi: '3.1.0',
  info: {
    title: productName,
    version,
    description:
      'Bodies are JSON or a form of at most 16 KB; unknown members are ignored. What changes something must come from our own origin, or bring a bearer token and no cookies. Times are ISO 8601.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: APP_URL }],
  paths: Object.fromEntries(
    [...new Set(operations.map(({ path }) => path))].map((path) => [
      templated(path),
      Object.fromEntries(
        operations
          .filter((operation) => operation.path === path)
          .map((operation) => [operation.method.toLowerCase(), operationOf(operation)]),
      ),
    ]),
  ),
  components: {
    schemas: componentsOf(),
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: cookieName('at', secure) },
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      personal: { type: 'http', scheme: 'bearer', description: 'A personal access token.' },
    },
  },
})

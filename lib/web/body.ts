// Reads a request's body: JSON or a form, at most 16 KB, counted while it arrives.
import { AppError } from '../core/errors'
import { bodyMost } from '../core/gate'
import { parseStrictJsonObject } from '../core/strict-json'

export type Body = { form: boolean; fields: Record<string, unknown> }

const readBytes = async (request: Request): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Uint8Array[] = []
  let size = 0
  if (request.body) {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > bodyMost) throw new AppError('body_too_large')
      chunks.push(chunk)
    }
  }
  return new Uint8Array(Buffer.concat(chunks))
}

const fromForm = async (bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Record<string, unknown>> => {
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
    // A field that comes twice stays a list, which no schema of ours takes: nobody gets to choose which one counts.
    return Object.fromEntries(
      [...new Set(form.keys())].map((name) => [
        name,
        form.getAll(name).length > 1 ? form.getAll(name) : form.get(name),
      ]),
    )
  } catch {
    // Whatever the parser found, the sender alone can mend it; logging each would let anybody flood the log.
    throw new AppError('bad_request')
  }
}

const fromJson = (bytes: Uint8Array): Record<string, unknown> => {
  const members = parseStrictJsonObject(bytes)
  if (!members)
    throw new AppError('bad_request', { detail: 'Send one JSON object in UTF-8 that names no member twice.' })
  return Object.fromEntries(members)
}

export const isFormType = (type: string): boolean =>
  /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(type)

/** @throws AppError 400, 413 or 415; a body that is missing altogether is an empty object */
export const readBody = async (request: Request): Promise<Body> => {
  const type = request.headers.get('content-type') ?? ''
  if (request.headers.has('content-encoding')) throw new AppError('unsupported_media_type')
  const form = isFormType(type)
  if (type !== '' && !form && !/^application\/json\s*(;|$)/i.test(type)) throw new AppError('unsupported_media_type')
  const bytes = await readBytes(request)
  if (bytes.length === 0) return { form, fields: {} }
  if (type === '') throw new AppError('unsupported_media_type')
  return { form, fields: form ? await fromForm(bytes, type) : fromJson(bytes) }
}

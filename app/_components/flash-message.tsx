// What the server has to say about the form that was just sent: one sentence, and a link to each field to mend.
import type { Flash } from '@/lib/web/flow'
import { isFault } from '@/lib/web/words'
import { Alert } from './alert'

/** @param fields ids of this page's inputs, which are also the names that errors go by */
export const FlashMessage = ({ flash, fields }: { flash: Flash | null; fields: readonly string[] }) => {
  if (!flash) return null
  const listed = fields.flatMap((id) => (flash.errors[id] ? [{ id, text: flash.errors[id] }] : []))
  return (
    <Alert variant={isFault(flash.code) ? 'fault' : 'note'}>
      <p className="font-medium">{flash.text}</p>
      {listed.length > 0 && (
        <ul className="mt-1">
          {listed.map(({ id, text }) => (
            <li key={id}>
              <a href={`#${id}`} className="inline-flex min-h-11 items-center underline underline-offset-4">
                {text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Alert>
  )
}

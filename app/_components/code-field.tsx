// The field for six digits from a mail.
import type { Flash } from '@/lib/web/flow'
import { TextField } from './field'

/** @param id of the field, where it is not called `code` */
export const CodeField = ({ flash, id = 'code' }: { flash: Flash | null; id?: string }) => (
  <TextField
    id={id}
    label="Code"
    hint="Six digits, such as 123 456."
    inputMode="numeric"
    autoComplete="one-time-code"
    maxLength={16}
    error={
      flash?.errors[id] ??
      (flash?.code === 'invalid_code' ? 'Check the six digits, or ask for another mail below.' : undefined)
    }
    className="font-mono text-xl tracking-[0.2em]"
  />
)

// One line of a form: label, hint, input, and what is wrong with it. Ids are stable, so that password managers know them.
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/lib/web/cn'
import { inputClass } from './input-class'
import { PasswordInput } from './password-input'

type Frame = { id: string; label: string; hint?: string; error?: string }

/** What ties an input to its hint and its error. */
const tied = ({ id, hint, error }: Frame) => ({
  id,
  name: id,
  'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': error ? (true as const) : undefined,
})

const FieldFrame = ({ id, label, hint, error, children }: Frame & { children: ReactNode }) => (
  <div data-slot="field" className="grid gap-1.5">
    <label htmlFor={id} className="font-medium">
      {label}
    </label>
    {hint && (
      <p id={`${id}-hint`} className="text-sm text-muted-foreground">
        {hint}
      </p>
    )}
    {children}
    {error && (
      <p id={`${id}-error`} data-slot="field-error" className="text-sm font-medium text-destructive">
        {error}
      </p>
    )}
  </div>
)

/** `name` only where a page has several fields of one name: else it is the id. */
type TextProps = Frame & Omit<ComponentProps<'input'>, 'id'>

export const TextField = ({ id, label, hint, error, className, ...rest }: TextProps) => (
  <FieldFrame id={id} label={label} hint={hint} error={error}>
    <input
      data-slot="input"
      {...tied({ id, label, hint, error })}
      required
      className={cn(inputClass, className)}
      {...rest}
    />
  </FieldFrame>
)

type SelectProps = Frame & {
  name?: string
  defaultValue?: string | undefined
  options: readonly (readonly [string, string])[]
}

/** @param options value and label of each */
export const SelectField = ({ options, defaultValue, name, ...frame }: SelectProps) => (
  <FieldFrame {...frame}>
    <select
      data-slot="input"
      {...tied(frame)}
      {...(name && { name })}
      defaultValue={defaultValue}
      className={inputClass}
    >
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  </FieldFrame>
)

type PasswordProps = Frame & { autoComplete: 'current-password' | 'new-password' }

export const PasswordField = ({ autoComplete, ...frame }: PasswordProps) => (
  <FieldFrame {...frame}>
    <PasswordInput {...tied(frame)} autoComplete={autoComplete} />
  </FieldFrame>
)

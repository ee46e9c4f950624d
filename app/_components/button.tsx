// A button, and a link that looks like one.
import type { VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/web/cn'
import { buttonVariants } from './button-variants'

type Look = VariantProps<typeof buttonVariants>

export const Button = ({ variant, size, className, type = 'submit', ...rest }: ComponentProps<'button'> & Look) => (
  <button data-slot="button" type={type} className={cn(buttonVariants({ variant, size }), className)} {...rest} />
)

export const ButtonLink = ({ variant, size, className, ...rest }: ComponentProps<'a'> & Look & { href: string }) => (
  <a data-slot="button" className={cn(buttonVariants({ variant, size }), className)} {...rest} />
)

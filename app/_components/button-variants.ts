// How a button looks, apart from the element it is: forms, links and client leaves share it. Kept free of tailwind-merge,
// so that a client leaf that needs it stays small.
import { cva } from 'class-variance-authority'

export const buttonVariants = cva(
  'inline-flex min-h-11 min-w-11 shrink-0 items-center justify-center gap-2 rounded-md px-4 py-2 text-base font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:opacity-60',
  {
    variants: {
      variant: {
        default: 'bg-primary text-primary-foreground hover:bg-primary/90',
        outline: 'border border-input bg-card text-card-foreground hover:bg-accent hover:text-accent-foreground',
        destructive: 'bg-destructive text-primary-foreground hover:bg-destructive/90',
        ghost: 'text-foreground hover:bg-accent hover:text-accent-foreground',
      },
      size: { default: '', lg: 'min-h-12 px-6', icon: 'px-0', wide: 'w-full' },
    },
    defaultVariants: { variant: 'default', size: 'default' },
  },
)

// How an input looks, for server markup and for the one input that is a client leaf.
export const inputClass =
  'min-h-11 w-full min-w-0 rounded-md border border-input bg-background px-3 py-2 text-base text-foreground placeholder:text-muted-foreground aria-invalid:border-2 aria-invalid:border-destructive'

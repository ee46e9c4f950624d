// The only place that reads the time; everything else takes it as an argument.

/** Milliseconds since 1970. */
export const now = (): number => Date.now()

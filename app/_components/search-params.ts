// Query parameters as pages get them.
export type SearchParams = Promise<Record<string, string | string[] | undefined>>

/** The value when the parameter is there exactly once. */
export const single = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

// Durations as people write them in settings: 30s, 5m, 1h, 14d.

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const
const form = /^([1-9][0-9]{0,5})(s|m|h|d)$/

/** `5m` → 300 (seconds), or `null` for any other text. */
export const parseDuration = (text: string): number | null => {
  const [, count, unit] = form.exec(text) ?? []
  return count && unit ? Number(count) * seconds[unit as keyof typeof seconds] : null
}

// Seconds as people say them.

/** @example waitInWords(90) // 'in 2 minutes' */
export const waitInWords = (seconds: number): string => {
  if (seconds <= 5) return 'in a moment'
  if (seconds < 60) return `in ${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
  const hours = Math.ceil(minutes / 60)
  return hours === 1 ? 'in an hour' : `in ${hours} hours`
}

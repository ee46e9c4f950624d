// How long mail waits between two tries. Pure numbers.

const minute = 60_000
/** After the first, second … failure; the last one again and again. Milliseconds. */
const pauses = [500, 5_000, 30_000, 2 * minute, 10 * minute]
/** Between two tries to store what the database did not take, milliseconds; after the last one it is given up. */
export const storePauses: readonly number[] = [1_000, 5_000, 15_000, minute, 2 * minute]

/**
 * Up to a quarter less or more, so that what failed together does not come back together.
 * @param attempts failed ones, the last included
 * @param random 0 up to 1
 * @returns milliseconds, whole
 * @example pauseAfter(2, 0.5) // 5000
 */
export const pauseAfter = (attempts: number, random: number): number =>
  Math.round((pauses[Math.min(attempts, pauses.length) - 1] ?? 0) * (0.75 + random / 2))

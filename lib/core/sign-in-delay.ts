// How long wrong passwords in a row make the next try wait (NIST SP 800-63B-4 §3.2.2; OWASP ASVS 6.3.1). Pure numbers.

/** Seconds: nothing for a few slips, then 30 s doubled each time up to an hour. */
const longest = 3600
/** Wrong passwords in a row that make nobody wait. */
export const freeTries = 4

/**
 * @param failures wrong passwords in a row, the last one included
 * @returns seconds until the next try is looked at
 * @example waitAfter(4) // 0
 * @example waitAfter(6) // 60
 */
export const waitAfter = (failures: number): number =>
  failures <= freeTries ? 0 : Math.min(longest, 30 * 2 ** Math.min(failures - freeTries - 1, 16))

/** The same as a list, the first failure first; the last number holds from there on. */
export const waits: readonly number[] = Array.from({ length: 12 }, (_, i) => waitAfter(i + 1))

/**
 * Wrong passwords in a row after which none is looked at any more, together the hundred that NIST allows: of browsers that
 * the owner has signed in with, which share a count that strangers cannot touch, and of all others.
 */
export const triesMost = { known: 20, strange: 80 }

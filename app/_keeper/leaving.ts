// Ways off a page that may not be shown any longer.
import { elapsed } from '@/lib/clock'

const loadedBy = () => performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined

/** Milliseconds of the page's own clock at which the server's answer began, to which its words belong. */
export const answeredAt = (): number => loadedBy()?.responseStart ?? elapsed()

/** Asks the server for the page anew; it says why, if the session has ended. Never faster than people can read. */
export const reload = (): void => {
  const pause = loadedBy()?.type === 'reload' ? 3000 - elapsed() : 0
  setTimeout(() => location.reload(), pause)
}

export const goHome = (): void => location.replace('/')

/** Takes the page out of sight and out of reach until it is known whose it is. */
export const cover = (covered: boolean): void => {
  document.body.hidden = covered
}

export const isCovered = (): boolean => document.body.hidden === true

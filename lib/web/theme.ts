// Light, dark, or as the system says: a cookie that the server reads, so that no page flashes.
import { cookies } from 'next/headers'
import { serializeCookie } from '../core/cookies'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]
const themeCookie = 'theme'

/** Not secret and not about who one is, but kept from scripts like the rest. */
export const themeSetting = (theme: Theme, secure: boolean): string =>
  serializeCookie(themeCookie, theme, secure, 365 * 86_400)

export const readTheme = async (): Promise<Theme> => {
  const value = (await cookies()).get(themeCookie)?.value
  return themes.find((theme) => theme === value) ?? 'system'
}

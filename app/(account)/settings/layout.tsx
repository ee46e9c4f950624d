// The settings: their pages, and which of them this is.
import type { ReactNode } from 'react'
import { currentPath } from '@/lib/web/current-path'

const pages = [
  { href: '/settings/profile', label: 'Profile' },
  { href: '/settings/security', label: 'Security' },
  { href: '/settings/sessions', label: 'Sessions' },
  { href: '/settings/tokens', label: 'Tokens' },
  { href: '/settings/activity', label: 'Activity' },
  { href: '/settings/data', label: 'Data' },
]

/** A page below one of them is still there. */
const standing = (path: string, href: string): 'page' | 'true' | undefined => {
  if (path === href) return 'page'
  return path.startsWith(`${href}/`) ? 'true' : undefined
}

const SettingsLayout = async ({ children }: { children: ReactNode }) => {
  const path = await currentPath()
  return (
    <>
      <nav aria-label="Settings" className="border-b">
        <ul className="-mb-px flex flex-wrap sm:gap-2">
          {pages.map(({ href, label }) => (
            <li key={href}>
              <a
                href={href}
                aria-current={standing(path, href)}
                className="inline-flex min-h-11 items-center rounded-t-md border-b-2 border-transparent px-3 font-medium text-muted-foreground hover:text-foreground aria-[current]:border-primary aria-[current]:text-foreground"
              >
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </>
  )
}

export default SettingsLayout

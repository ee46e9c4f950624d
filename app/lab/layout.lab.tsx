// The frame of the lab: its screens, and which of them this is.
import type { ReactNode } from 'react'
import { currentPath } from '@/lib/web/current-path'
import { screens } from './screens'

const LabLayout = async ({ children }: { children: ReactNode }) => {
  const path = await currentPath()
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-5xl grid-cols-1 content-start gap-8 px-4 py-8 outline-none sm:px-6 sm:py-12"
    >
      <nav aria-label="Lab" className="border-b">
        <ul className="-mb-px flex flex-wrap sm:gap-2">
          {screens.map(({ href, label }) => (
            <li key={href}>
              <a
                href={href}
                aria-current={path === href ? 'page' : undefined}
                className="inline-flex min-h-11 items-center rounded-t-md border-b-2 border-transparent px-3 font-medium text-muted-foreground hover:text-foreground aria-[current]:border-primary aria-[current]:text-foreground"
              >
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </main>
  )
}

export default LabLayout

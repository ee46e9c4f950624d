// The frame of every page: language, theme, head and foot. It reads the request, so every page is rendered for one
// visitor and carries that answer's nonce.

import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { productName } from '@/lib/core/product'
import { readAuthReason } from '@/lib/web/page-flow'
import { readTheme } from '@/lib/web/theme'
import { SiteFooter } from './_components/site-footer'
import { SiteHeader } from './_components/site-header'
import { KeeperFrame } from './_keeper/keeper-frame'
import './globals.css'

export const metadata: Metadata = {
  title: { default: `${productName}: sessions you can see, prove and revoke`, template: `%s · ${productName}` },
  description: 'JWT sessions for Next.js that you can see, prove and revoke.',
  icons: { icon: '/icon.svg' },
}

export const viewport: Viewport = { colorScheme: 'light dark' }

const SkipLink = () => (
  <a
    href="#main"
    className="absolute start-4 top-3 z-10 -translate-y-24 rounded-md bg-primary px-4 py-2.5 font-medium text-primary-foreground focus:translate-y-0"
  >
    Skip to content
  </a>
)

const RootLayout = async ({ children }: { children: ReactNode }) => {
  const theme = await readTheme()
  const classes = [GeistSans.variable, GeistMono.variable, ...(theme === 'system' ? [] : [theme])]
  return (
    <html lang="en" data-theme={theme} data-auth-reason={await readAuthReason()} className={classes.join(' ')}>
      <body className="flex min-h-dvh flex-col font-sans text-base antialiased">
        <SkipLink />
        <SiteHeader theme={theme} />
        {children}
        <SiteFooter />
        <KeeperFrame />
      </body>
    </html>
  )
}

export default RootLayout

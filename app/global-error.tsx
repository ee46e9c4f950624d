'use client'
// The last resort, when the frame of the pages itself failed.
import { productName } from '@/lib/core/product'
import ErrorPage from './error'
import './globals.css'

const GlobalError = ({ error }: { error: Error & { digest?: string } }) => (
  <html lang="en" data-theme="system">
    <head>
      <title>{`This page could not be shown · ${productName}`}</title>
    </head>
    <body className="min-h-dvh font-sans text-base antialiased">
      <ErrorPage error={error} />
    </body>
  </html>
)

export default GlobalError

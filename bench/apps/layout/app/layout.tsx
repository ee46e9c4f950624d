// The frame of every page of the bench: as little as Next allows.
import type { ReactNode } from 'react'

const RootLayout = ({ children }: { children: ReactNode }) => (
  <html lang="en">
    <body>{children}</body>
  </html>
)

export default RootLayout

'use client'
// Brings the keeper to a signed-in page, after the page itself. When its script doesn't come, nothing else is missing.
import { useEffect } from 'react'
import type { KeeperProps } from './keeper'

export const KeeperMount = ({ word, lives }: KeeperProps) => {
  useEffect(() => {
    import('./keeper').then(({ keep }) => keep({ word, lives })).catch(() => {})
  }, [word, lives])
  return null
}

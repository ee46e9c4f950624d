// Who is there, for pages that are shown to everybody: when nobody can say, the page is shown as to a stranger.
import { unstable_rethrow } from 'next/navigation'
import { getSession } from '@/lib/web/session'

type Found = Extract<Awaited<ReturnType<typeof getSession>>, { ok: true }>

export const knownSession = async (): Promise<Found | null> => {
  try {
    const checked = await getSession()
    return checked.ok ? checked : null
  } catch (error) {
    unstable_rethrow(error)
    return null
  }
}

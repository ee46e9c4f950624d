// What a page with a session carries for the keeper: its dialogs, what it is told, and the way to its script.
import { now } from '@/lib/clock'
import { keeperProps } from '@/lib/web/keeper-props'
import { knownSession } from '../_components/known-session'
import { KeeperDialogs } from './keeper-dialogs'
import { KeeperMount } from './keeper-mount'

export const KeeperFrame = async () => {
  const found = await knownSession()
  if (!found) return null
  const { email, demo } = found.user
  return (
    <>
      <KeeperDialogs email={email} demo={demo} remember={found.session.remember} />
      <KeeperMount {...keeperProps(found, now())} />
    </>
  )
}

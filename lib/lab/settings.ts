// What the lab's pages say of this installation's settings.
import { env } from '../env'

/** Seconds. */
export const rotationGrace = (): number => env().ROTATION_GRACE

/** Where services find us, and how. */
export const serviceAddress = () => {
  const { APP_URL, JWT_ISSUER, JWT_AUDIENCE } = env()
  return { origin: APP_URL, issuer: JWT_ISSUER, audience: JWT_AUDIENCE }
}

// Whether this is local mode, for pages.
import { env } from '../env'

export const isLocal = (): boolean => env().local

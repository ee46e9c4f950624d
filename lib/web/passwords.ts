// What pages say about passwords before anything is typed.
import { env } from '../env'

export const passwordMinLength = (): number => env().PASSWORD_MIN_LENGTH

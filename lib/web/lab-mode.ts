// Whether there is a lab, for pages that lead there.
import { env } from '../env'

export const hasLab = (): boolean => env().LAB !== 'off'

// Where the visitor is, for layouts: they are not told.
import { headers } from 'next/headers'
import { pathHeader } from '../core/identity-headers'

/** Path of the page that was asked for, without its query. */
export const currentPath = async (): Promise<string> => ((await headers()).get(pathHeader) ?? '').split('?')[0] ?? ''

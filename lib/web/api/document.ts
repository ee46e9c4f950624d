// The API description of this deployment as text, made when somebody first asks for it.
import manifest from '../../../package.json'
import { env } from '../../env'
import { describeApi } from './description'

let made: string | undefined

export const apiDocument = (): string => {
  made ??= JSON.stringify(describeApi(env(), manifest.version))
  return made
}

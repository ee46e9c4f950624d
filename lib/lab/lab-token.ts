// A token as the app would make it, but for an issuer and audience that only the lab knows. It is never shown.
import type { Expected } from '../core/claims'
import type { Smith } from './attacks/smith'

export const labExpected: Expected = { issuer: 'lab', audience: 'lab', accessTtl: 300, absoluteTtl: 86_400 }

/** @param now milliseconds @param life seconds */
export const labToken = (smith: Smith, now: number, life: number): Promise<string> => {
  const iat = Math.floor(now / 1000)
  const claims = {
    iss: 'lab',
    aud: 'lab',
    sub: '01890a5d-ac96-774b-bcce-b302099a8057',
    sid: 'AAECAwQFBgcICQoLDA0ODw',
    gen: 1,
    epoch: 0,
    jti: 'EBESExQVFhcYGRobHB0eHw',
    iat,
    exp: iat + life,
    auth_time: iat,
    amr: ['pwd'],
    roles: [],
  }
  return smith.sign(JSON.stringify(smith.header), JSON.stringify(claims))
}

// A sign-out that is sent from this tab, so that the others hear of it: as it is sent, and once the server has answered.

const path = '/api/auth/sign-out'
/** After this time without an answer it is taken for failed, milliseconds. */
const patience = 15_000

export const watchSignOut = (tell: () => void): { isUnderWay: () => boolean } => {
  let underWay = false
  const set = (value: boolean) => {
    underWay = value
  }
  addEventListener('submit', ({ target, defaultPrevented }) => {
    if (defaultPrevented || !(target instanceof HTMLFormElement) || target.getAttribute('action') !== path) return
    set(true)
    setTimeout(set, patience, false)
    tell()
  })
  addEventListener('pagehide', () => underWay && tell())
  addEventListener('pageshow', () => set(false))
  return { isUnderWay: () => underWay }
}

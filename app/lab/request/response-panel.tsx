// What goes back.
import { Engineers } from '../engineers'

export const ResponsePanel = () => (
  <>
    <p className="max-w-prose">
      The page was made for you alone: no cache between here and you may keep it, and after you sign out the back button
      does not bring it back. The token is not in it. What you read here of your token are its contents, never the token
      itself.
    </p>
    <Engineers>
      <ul className="grid list-disc gap-1 ps-5 font-mono text-xs break-words">
        <li>Cache-Control: private, no-store</li>
        <li>Vary: Cookie</li>
        <li>Content-Security-Policy: script-src with a nonce that is new each time</li>
        <li>Referrer-Policy: same-origin</li>
        <li>Cross-Origin-Opener-Policy and Cross-Origin-Resource-Policy: same-origin</li>
        <li>X-Content-Type-Options: nosniff</li>
      </ul>
    </Engineers>
  </>
)

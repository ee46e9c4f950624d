// The four places at which a token is looked at, and why there are four.
import { Engineers } from '../engineers'

const places = [
  ['Edge', 'The gate in front of the app. It looks before anything else happens.'],
  ['Page', 'What you see. It looks again when it is made.'],
  ['Handler', 'What programs call. It looks for itself.'],
  ['Action', 'What a form on a page sets off. It looks for itself too.'],
] as const

export const Surfaces = () => (
  <section aria-labelledby="places" className="grid gap-4">
    <h2 id="places" className="text-xl font-semibold tracking-tight">
      Where the attacks knock
    </h2>
    <dl className="grid gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-2 lg:grid-cols-4">
      {places.map(([name, what]) => (
        <div key={name} className="grid content-start gap-1 bg-card p-4">
          <dt className="font-semibold">{name}</dt>
          <dd className="text-muted-foreground">{what}</dd>
        </div>
      ))}
    </dl>
    <Engineers>
      <p>
        GET /api/lab/gate is answered by the gate alone, GET /lab/probe by a server component, GET /api/lab/probe by a
        route handler, POST /lab/probe by a server action. The first looks at nothing in Node, the others are let
        through by the gate unseen, so each verdict is its own. A good token is shown to all four first: if one refuses
        it, nothing is run.
      </p>
      <p>
        Attacks are made from the text of a good token, the published keys and keys of the attacker’s own, never with a
        key of the server. Those with one wrong claim are signed by a key of the lab: the app refuses that key, and the
        same verifier, told to trust it, must refuse the claim.
      </p>
      <p className="font-mono text-xs">npm run attacks -- --url https://your.app</p>
    </Engineers>
  </section>
)

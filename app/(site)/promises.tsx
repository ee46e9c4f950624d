// What the picture means for whoever reads it, in three sentences.

const promises = [
  {
    title: 'See it',
    text: 'The dashboard shows your session as the server sees it: who, since when, how, from where and until when, each with its claim.',
  },
  {
    title: 'Prove it',
    text: 'The edge gate checks each token by public keys that anyone can fetch. It can verify; it cannot mint.',
  },
  {
    title: 'End it',
    text: 'Sign out, and the session’s row is closed. A page asks for that row each time, so an old token opens nothing there.',
  },
]

export const Promises = () => (
  <section aria-labelledby="promises" className="grid gap-5">
    <h2 id="promises" className="text-2xl font-semibold tracking-tight">
      What that gives you
    </h2>
    <ul className="grid gap-6 md:grid-cols-3">
      {promises.map(({ title, text }) => (
        <li key={title} className="grid content-start gap-1.5 border-t-2 border-primary pt-4">
          <h3 className="text-lg font-semibold">{title}</h3>
          <p className="text-muted-foreground">{text}</p>
        </li>
      ))}
    </ul>
  </section>
)

// Integrate: how a service in another language checks our tokens, with the very files that the tests run.
import type { Metadata } from 'next'
import { examples, readExample } from '@/lib/lab/examples'
import { serviceAddress } from '@/lib/lab/settings'
import { CopyButton } from '../../_components/copy-button'
import { PageHeading } from '../../_components/page-heading'
import { Engineers } from '../engineers'

export const metadata: Metadata = { title: 'Lab: integrate' }

/** @param what names it: `the command` */
const Code = ({ id, what, children }: { id: string; what: string; children: string }) => (
  <div className="grid gap-2">
    <pre id={id} className="rounded-lg border bg-muted p-4 font-mono text-xs break-all whitespace-pre-wrap">
      {children}
    </pre>
    <CopyButton from={id} what={what} />
  </div>
)

const IntegratePage = async () => {
  const { origin, issuer, audience } = serviceAddress()
  const sources = await Promise.all(examples.map(async (example) => ({ example, source: await readExample(example) })))
  const ask = `curl -s ${origin}/api/auth/token \\
  -H "Authorization: Bearer $HANDSTAMP_TOKEN" \\
  -H 'Content-Type: application/json' -d '{"audience":"${audience}"}'`
  const flags = `- --jwks ${origin}/.well-known/jwks.json \\
  --issuer ${issuer} --audience ${audience} \\
  --revocations ${origin}/.well-known/revocations`
  return (
    <>
      <PageHeading title="Use it in your own service">
        A service in any language can check a token by itself. It needs one address of ours and no secret: the public
        keys are there for everybody.
      </PageHeading>
      <ol className="grid gap-6">
        <li className="grid gap-3">
          <h2 className="text-xl font-semibold tracking-tight">1. Get a token for the service</h2>
          <p className="max-w-prose">
            Make a personal access token in your settings; a script exchanges it for one that lives five minutes.
          </p>
          <Code id="ask" what="the command">
            {ask}
          </Code>
        </li>
        <li className="grid gap-3">
          <h2 className="text-xl font-semibold tracking-tight">2. Check it there</h2>
          <p className="max-w-prose">
            Each of these files is whole: copy it. It says good or not, and why. The tests run them all against this
            app, through a change of keys.
          </p>
          <ul className="grid gap-3">
            {sources.map(({ example, source }) => (
              <li key={example.id} data-example={example.id} className="grid gap-2 rounded-xl border bg-card p-4">
                <p className="flex flex-wrap justify-between gap-x-4">
                  <span className="font-semibold">{example.title}</span>
                  <span className="text-sm text-muted-foreground">needs {example.needs}</span>
                </p>
                <details>
                  <summary className="min-h-11 cursor-pointer py-2.5 text-sm font-medium">
                    Show examples/{example.file}
                  </summary>
                  <div className="grid gap-3">
                    <Code id={`${example.id}-run`} what={`the command for ${example.title}`}>
                      {`printf %s "$TOKEN" | ${example.run} ${flags}`}
                    </Code>
                    {source === null ? (
                      <p>This file was not deployed with the app.</p>
                    ) : (
                      <Code id={`${example.id}-file`} what={`examples/${example.file}`}>
                        {source}
                      </Code>
                    )}
                  </div>
                </details>
              </li>
            ))}
          </ul>
        </li>
      </ol>
      <Engineers>
        <p>
          docs/verify.md has what to check and in which order, with a table of good and bad tokens that every example
          must judge rightly (npm run test:examples). Metadata for discovery: /.well-known/oauth-authorization-server
          (RFC 8414). The contract: /api/openapi.json. Another origin’s page: docs/domains.md.
        </p>
      </Engineers>
    </>
  )
}

export default IntegratePage

// Recovery codes that were made just now: the one time that they are shown.
import { buttonVariants } from '../../../../_components/button-variants'
import { Card } from '../../../../_components/card'
import { CopyButton } from '../../../../_components/copy-button'
import { PrintButton } from './print-button'

export const RecoveryCodes = ({ codes }: { codes: readonly string[] }) => (
  <section aria-labelledby="recovery-codes">
    <Card className="grid max-w-xl gap-4 border-primary sm:p-6">
      <h2 id="recovery-codes" className="text-xl font-semibold tracking-tight">
        Your recovery codes
      </h2>
      <p className="text-muted-foreground">
        Each signs you in once in place of the app. They are shown this once and we keep no copy.
      </p>
      <pre
        id="codes"
        data-slot="secret"
        className="rounded-md border bg-muted p-3 font-mono leading-7 whitespace-pre-wrap select-all"
      >
        {codes.join('\n')}
      </pre>
      <div className="flex flex-wrap gap-3 print:hidden">
        <CopyButton from="codes" what="the recovery codes" />
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}`}
          download="recovery-codes.txt"
          className={buttonVariants({ variant: 'outline' })}
        >
          Download
        </a>
        <PrintButton />
      </div>
    </Card>
  </section>
)

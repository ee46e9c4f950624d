// One attack: what it does in a sentence, a button that tries it, and below how it is made and what guards against it.
import type { Attack } from '@/lib/lab/attacks/attack'
import { naiveVerifiers } from '@/lib/lab/attacks/naive'
import { buttonVariants } from '../../_components/button-variants'
import { Fact } from '../../_components/fact'
import { SubmitButton } from '../../_components/submit-button'
import { Engineers } from '../engineers'

/** @example addressOf('RFC 8725 §3.1') // 'https://www.rfc-editor.org/rfc/rfc8725#section-3.1' */
const addressOf = (source: string): string => {
  const [, number, section] = /^RFC (\d+) §([\d.]+)$/.exec(source) ?? []
  return number && section
    ? `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`
    : `https://www.cve.org/CVERecord?id=${source}`
}

const requiredOf = ({ code, labCode }: Attack): string =>
  labCode === undefined || labCode === code
    ? `Refused at all four places: ${code}`
    : `Refused at all four places: ${code}. Under the lab’s key: ${labCode}`

export const AttackCard = ({ attack, runnable }: { attack: Attack; runnable: boolean }) => (
  <li data-card={attack.id} className="grid content-start gap-4 rounded-xl border bg-card p-5 text-card-foreground">
    <div className="grid gap-1">
      <h3 className="text-lg font-semibold">{attack.title}</h3>
      <p>{attack.does}</p>
    </div>
    <p className="text-muted-foreground">
      <span className="font-medium text-foreground">What would fall for it:</span> a verifier that{' '}
      {naiveVerifiers[attack.naive].replace(/^./, (letter) => letter.toLowerCase())}
    </p>
    {runnable && (
      <form method="post" action="/api/lab/attacks">
        <input type="hidden" name="only" value={attack.id} />
        <SubmitButton className={buttonVariants({ variant: 'outline' })} busy="Running…">
          Run<span className="sr-only">: {attack.title}</span>
        </SubmitButton>
      </form>
    )}
    <Engineers>
      <dl className="grid gap-4">
        <Fact label="How it is made">{attack.made}</Fact>
        <Fact label="Required">{requiredOf(attack)}</Fact>
        <Fact label="Source">
          <a
            href={addressOf(attack.source)}
            rel="noreferrer"
            className="inline-flex min-h-11 items-center underline underline-offset-4"
          >
            {attack.source}
          </a>
        </Fact>
        <Fact label="Test">
          <span className="font-mono text-sm break-all">{attack.test}</span>
        </Fact>
      </dl>
    </Engineers>
  </li>
)

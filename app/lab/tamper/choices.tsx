// The ways to change one's token: each is a button of one form, so that one press shows what comes of it.
import { groupTitles, type Tampering, tamperings } from '@/lib/lab/tampering'
import { buttonVariants } from '../../_components/button-variants'

const groups = Object.keys(groupTitles) as Tampering['group'][]

export const Choices = ({ chosen }: { chosen: string | undefined }) => (
  <form action="/lab/tamper#verdict" className="grid gap-5 sm:grid-cols-2">
    {groups.map((group) => (
      <fieldset key={group} className="grid content-start gap-2">
        <legend className="mb-2 font-semibold">{groupTitles[group]}</legend>
        {tamperings
          .filter((tampering) => tampering.group === group)
          .map(({ id, title }) => (
            <button
              key={id}
              type="submit"
              name="change"
              value={id}
              aria-current={id === chosen || undefined}
              className={buttonVariants({
                variant: 'outline',
                className:
                  'justify-start text-start whitespace-normal aria-[current]:border-primary aria-[current]:bg-accent',
              })}
            >
              {title}
            </button>
          ))}
      </fieldset>
    ))}
  </form>
)

// The way through a list that is longer than its page.
import { ButtonLink } from './button'

type Props = {
  /** What is listed, for whoever hears the page. */
  of: string
  path: string
  first: boolean
  /** Cursor of the page that follows. */
  next: string | null
}

export const Pager = ({ of, path, first, next }: Props) =>
  first && next === null ? null : (
    <nav aria-label={`Pages of ${of}`} className="flex flex-wrap gap-3">
      {!first && (
        <ButtonLink href={path} variant="outline">
          First page
        </ButtonLink>
      )}
      {next && (
        <ButtonLink href={`${path}?after=${next}`} variant="outline">
          Next page
        </ButtonLink>
      )}
    </nav>
  )

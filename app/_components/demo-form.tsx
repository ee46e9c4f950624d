// One click to a session of a throw-away user. Local mode only: elsewhere it renders nothing.
import { isLocal } from '@/lib/web/local-mode'
import { buttonVariants } from './button-variants'
import { SubmitButton } from './submit-button'

type Props = { look: 'default' | 'outline'; size?: 'lg' | 'wide'; next?: string | undefined }

export const DemoForm = ({ look, size, next }: Props) =>
  isLocal() ? (
    <form method="post" action="/api/auth/demo" className={size === 'wide' ? 'grid' : 'max-sm:grid'}>
      {next && <input type="hidden" name="next" value={next} />}
      <SubmitButton className={buttonVariants({ variant: look, size })} busy="Making a session…">
        Try it with a demo session
      </SubmitButton>
    </form>
  ) : null

// One button for each other provider that people may come with. A form each: nothing begins before it is pressed.
import { offeredProviders } from '@/lib/web/ways-in'
import { buttonVariants } from './button-variants'

export const ProviderButtons = ({ next }: { next: string }) =>
  offeredProviders().map(({ id, label }) => (
    <form key={id} method="post" action={`/api/auth/oidc/${id}`}>
      {next && <input type="hidden" name="next" value={next} />}
      <button data-slot="button" type="submit" className={buttonVariants({ variant: 'outline', size: 'wide' })}>
        Continue with {label}
      </button>
    </form>
  ))

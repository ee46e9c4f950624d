// The foot of every page.
import { isLocal } from '@/lib/web/local-mode'
import { TextLink } from './text-link'

export const SiteFooter = () => (
  <footer data-slot="site-footer" className="mt-auto border-t">
    <div className="mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-6 px-4 py-4 text-sm text-muted-foreground sm:px-6">
      <p>Stamped once at the door, checked at every door after.</p>
      {isLocal() && (
        <TextLink href="/dev/mail" className="font-normal text-muted-foreground">
          Local mailbox
        </TextLink>
      )}
    </div>
  </footer>
)

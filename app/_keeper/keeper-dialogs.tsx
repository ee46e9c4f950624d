// The keeper's dialogs as the server renders them: the words, the forms and the looks, so that they cost no script.
import { Button } from '../_components/button'
import { TextField } from '../_components/field'
import { TextLink } from '../_components/text-link'
import { KeeperAlert, KeeperCountdown, KeeperDialog } from './keeper-dialog'

type Who = { email: string; demo: boolean; remember: boolean }

/** Whoever looks now may be somebody else. */
const veiled = 'backdrop:backdrop-blur-md'

const Cancel = ({ children, first }: { children: string; first?: boolean }) => (
  <Button type="button" variant="outline" data-cancel="" autoFocus={first}>
    {children}
  </Button>
)

const Warnings = () => (
  <>
    <KeeperDialog
      name="idle"
      title="Are you still there?"
      lead="Nothing has reached us from you for a while, so this session ends soon."
    >
      <KeeperCountdown />
      <KeeperAlert />
      <Button type="button" data-stay="" autoFocus>
        Stay signed in
      </Button>
    </KeeperDialog>
    <KeeperDialog
      name="end"
      title="This session ends soon"
      lead="It reaches its longest time. Finish what you are doing: you can sign in again right after."
    >
      <KeeperCountdown />
      <Cancel>Go on until then</Cancel>
    </KeeperDialog>
  </>
)

const Username = ({ id, email }: { id: string; email: string }) => (
  <TextField id={id} label="Your account" type="email" autoComplete="username" value={email} readOnly />
)

const Password = ({ id }: { id: string }) => (
  <>
    <TextField
      id={id}
      label="Your password"
      type="password"
      autoComplete="current-password"
      aria-describedby={`${id}-alert`}
      autoFocus
    />
    <KeeperAlert id={`${id}-alert`} />
  </>
)

const Buttons = ({ go, stay }: { go: string; stay: string }) => (
  <div className="grid gap-2 sm:flex sm:flex-row-reverse">
    <Button>{go}</Button>
    <Cancel>{stay}</Cancel>
  </div>
)

const Elsewhere = () => (
  <TextLink href="/sign-in" target="_blank">
    Sign in another way, in a new tab
  </TextLink>
)

const SignInAgain = ({ email, demo, remember }: Who) =>
  demo ? (
    <KeeperDialog
      name="sign-in"
      title="This demo session has ended"
      className={veiled}
      lead="What you typed is still on this page, but a demo session can’t be taken up again. Copy what you need."
    >
      <Elsewhere />
      <Cancel>Back to the page</Cancel>
    </KeeperDialog>
  ) : (
    <KeeperDialog
      name="sign-in"
      title="Sign in again"
      className={veiled}
      lead="Your session has ended. What you typed on this page is still here, and goes on once you are back."
    >
      <form method="post" className="grid gap-5" noValidate>
        <Username id="again-email" email={email} />
        <Password id="again-password" />
        {remember && <input type="hidden" name="again-remember" value="on" />}
        <Buttons go="Sign in" stay="Not now" />
      </form>
      <Elsewhere />
    </KeeperDialog>
  )

/** Shown to who has them: the script asks. */
const OtherProofs = () => (
  <>
    <Button type="button" variant="outline" data-proof="passkey" hidden>
      Use a passkey
    </Button>
    <div data-proof="elsewhere" hidden>
      <TextLink href="/reauthenticate" target="_blank">
        Confirm another way, in a new tab
      </TextLink>
    </div>
  </>
)

const Confirm = ({ email, demo }: Who) => (
  <KeeperDialog
    name="confirm"
    title="Confirm it’s you"
    lead={
      demo
        ? 'This is a sensitive change. In a demo session one press is enough.'
        : 'This is a sensitive change, so we ask who you are. What you typed goes on after that.'
    }
  >
    <form method="post" className="grid gap-5" noValidate>
      {demo ? (
        <KeeperAlert />
      ) : (
        <>
          <Username id="confirm-email" email={email} />
          <div data-proof="password" className="grid gap-5">
            <Password id="confirm-password" />
          </div>
        </>
      )}
      <Buttons go="Confirm" stay="Cancel" />
      {!demo && <OtherProofs />}
    </form>
  </KeeperDialog>
)

const Stranger = () => (
  <KeeperDialog
    name="stranger"
    title="Somebody else is signed in now"
    className={veiled}
    lead="Another account was signed in in this browser, so this page can’t send anything any more. Copy what you typed, then load it again."
  >
    <div className="grid gap-2 sm:flex sm:flex-row-reverse">
      <Button type="button" data-reload="">
        Load the page again
      </Button>
      {/* Whoever was typing may press Enter: that must lose nothing. */}
      <Cancel first>Back to what I typed</Cancel>
    </div>
  </KeeperDialog>
)

export const KeeperDialogs = (who: Who) => (
  <>
    <Warnings />
    <SignInAgain {...who} />
    <Confirm {...who} />
    <Stranger />
  </>
)

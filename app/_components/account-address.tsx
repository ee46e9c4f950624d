// Whose password a form is about: unseen by people, so that password managers fill and keep the right one.

export const AccountAddress = ({ email }: { email: string }) => (
  <input type="email" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
)

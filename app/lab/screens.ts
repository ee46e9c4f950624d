// The screens of the lab, in the order in which they explain themselves.
export const screens = [
  { href: '/lab', label: 'Anatomy' },
  { href: '/lab/request', label: 'One request' },
  { href: '/lab/tamper', label: 'Tamper' },
  { href: '/lab/attacks', label: 'Attacks' },
  { href: '/lab/keys', label: 'Keys' },
  { href: '/lab/revoke', label: 'Revoke' },
  { href: '/lab/refresh', label: 'Refresh' },
  { href: '/lab/integrate', label: 'Integrate' },
] as const

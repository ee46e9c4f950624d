// The few icons in use, as plain markup: an icon library's client runtime would go to every page. Shapes after Lucide (ISC).

const stroke = {
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  'aria-hidden': true,
  className: 'size-5',
} as const

export const SunIcon = () => (
  <svg {...stroke}>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2v2m0 16v2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4M2 12h2m16 0h2M6.3 17.7l-1.4 1.4M19.1 4.9l-1.4 1.4" />
  </svg>
)

export const MoonIcon = () => (
  <svg {...stroke}>
    <path d="M20.98 12.49a9 9 0 1 1-9.47-9.47c.41-.02.62.46.4.81a6 6 0 0 0 8.26 8.26c.35-.22.83-.01.81.4" />
  </svg>
)

export const DeviceIcon = () => (
  <svg {...stroke}>
    <rect width="20" height="14" x="2" y="3" rx="2" />
    <path d="M8 21h8m-4-4v4" />
  </svg>
)

export const EyeIcon = ({ crossed }: { crossed: boolean }) => (
  <svg {...stroke}>
    <path d="M2.06 12.35a1 1 0 0 1 0-.7 10.75 10.75 0 0 1 19.88 0 1 1 0 0 1 0 .7 10.75 10.75 0 0 1-19.88 0" />
    <circle cx="12" cy="12" r="3" />
    {crossed && <path d="m3 3 18 18" />}
  </svg>
)

export const MailIcon = () => (
  <svg {...stroke}>
    <rect width="20" height="16" x="2" y="4" rx="2" />
    <path d="m22 7-8.97 5.7a1.94 1.94 0 0 1-2.06 0L2 7" />
  </svg>
)

export const ChevronIcon = () => (
  <svg {...stroke} className="size-4 transition-transform group-open/disclosure:rotate-180">
    <path d="m6 9 6 6 6-6" />
  </svg>
)

export const AlarmIcon = () => (
  <svg {...stroke}>
    <path d="m21.7 18-8-14a2 2 0 0 0-3.4 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.7-3M12 9v4m0 4h.01" />
  </svg>
)

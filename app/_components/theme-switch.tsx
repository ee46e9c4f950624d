// One button that goes round the themes: as the device says, light, dark. A form post, so no page flashes.
import type { ReactNode } from 'react'
import { Button } from './button'
import { DeviceIcon, MoonIcon, SunIcon } from './icons'
import { ReturnHere } from './return-here'

export type Theme = 'light' | 'dark' | 'system'

const choices: Record<Theme, { icon: ReactNode; label: string; next: Theme }> = {
  system: { icon: <DeviceIcon />, label: 'Theme: as on this device. Switch to light', next: 'light' },
  light: { icon: <SunIcon />, label: 'Theme: light. Switch to dark', next: 'dark' },
  dark: { icon: <MoonIcon />, label: 'Theme: dark. Switch to the device’s', next: 'system' },
}

export const ThemeSwitch = ({ theme }: { theme: Theme }) => {
  const { icon, label, next } = choices[theme]
  return (
    <form method="post" action="/api/theme">
      <ReturnHere />
      <Button variant="ghost" size="icon" name="theme" value={next} aria-label={label} title={label}>
        {icon}
      </Button>
    </form>
  )
}

// Whether a page holds something that a person typed and that leaving it would lose. The keeper's own dialogs don't count.

const ours = 'dialog[data-keeper]'
const touched = new Set<Element>()

const differs = (control: Element): boolean => {
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options]
    const byDefault = options.some(({ defaultSelected }) => defaultSelected)
    return byDefault ? options.some((option) => option.selected !== option.defaultSelected) : control.selectedIndex > 0
  }
  if (!(control instanceof HTMLInputElement) || control.type === 'hidden') return false
  return control.checked !== control.defaultChecked || control.value !== control.defaultValue
}

/** Frameworks keep the default of an input in step with its value: those are known by their events. */
export const watchTyping = (): void => {
  document.addEventListener('input', ({ target }) => target instanceof Element && touched.add(target), true)
  document.addEventListener('reset', ({ target }) => {
    for (const control of touched) if (target instanceof Element && target.contains(control)) touched.delete(control)
  })
}

export const isTyped = (): boolean =>
  [...touched, ...document.querySelectorAll('input, textarea, select')].some(
    (control) =>
      control.isConnected &&
      !control.closest(ours) &&
      (differs(control) || (touched.has(control) && isFilled(control))),
  )

const isFilled = (control: Element): boolean => !('value' in control) || control.value !== ''

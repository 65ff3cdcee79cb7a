// Which sections were seen to their end: by scrolling there, or by the button that waits there for who does not scroll.

type Section = { id: string; title: string }

/** The last block of each section that stands on the page. */
function endsOf(sections: readonly Section[]): { section: Section; end: Element }[] {
  return sections.flatMap((section, i) => {
    const next = document.getElementById(sections[i + 1]?.id ?? '')
    let end: Element | null = document.getElementById(section.id)
    while (end?.nextElementSibling && end.nextElementSibling !== next) end = end.nextElementSibling
    return end ? [{ section, end }] : []
  })
}

/** An island has no box of its own. */
function boxOf(element: Element): Element | null {
  let box: Element | null = element
  while (box && box.getClientRects().length === 0) box = box.lastElementChild
  return box
}

/**
 * Says of each section when its end comes into view, until the function that it returns is called; and, once `offer` is
 * called, when its button is pressed.
 */
export function watchSections(
  sections: readonly Section[],
  seen: (section: Section, how: 'scrolled' | 'pressed') => void,
): { offer: () => void; stop: () => void } {
  const ends = endsOf(sections)
  const watched = new Map<Element, Section>()
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      const section = watched.get(target)
      if (isIntersecting && section) seen(section, 'scrolled')
    }
  })
  for (const { section, end } of ends) {
    const box = boxOf(end)
    if (!box) continue
    watched.set(box, section)
    observer.observe(box)
  }
  const buttons = ends.map(({ section, end }) => ({ end, button: buttonFor(section, seen) }))
  return {
    offer: () => {
      for (const { end, button } of buttons) if (!button.isConnected) end.after(button)
    },
    stop: () => {
      observer.disconnect()
      for (const { button } of buttons) button.remove()
    },
  }
}

/** Seen only while it has the focus: it is for keys and for screen readers, whose reading scrolls nothing. */
function buttonFor(section: Section, seen: (section: Section, how: 'pressed') => void): HTMLButtonElement {
  const button = document.createElement('button')
  const say = (words: string) => {
    button.textContent = words
    button.setAttribute('aria-label', `${words}：${section.title}`)
  }
  Object.assign(button, { type: 'button', className: 'btn section-end' })
  say('这一节读完了')
  button.addEventListener('click', () => {
    say('这一节已记下')
    seen(section, 'pressed')
  })
  return button
}

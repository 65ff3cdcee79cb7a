// Follows the size of a place on the screen. Svelte's own binding would come into every lesson, because all pages share one
// copy of it.

/** @param tell hears width and height in CSS pixels, at once and after each change. @returns what ends it. */
export function watchSize(place: HTMLElement, tell: (width: number, height: number) => void): () => void {
  const look = () => tell(place.clientWidth, place.clientHeight)
  const observer = new ResizeObserver(look)
  observer.observe(place)
  look()
  return () => observer.disconnect()
}

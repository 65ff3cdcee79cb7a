// Puts the text of a story or lesson in its place: a piece of HTML of the pack, whose bytes the service worker has compared
// with the signed list.

/** @returns false where it cannot be had; then the place is empty. */
export async function takeText(address: string, place: HTMLElement): Promise<boolean> {
  const reply = await fetch(address).catch(() => null)
  const words = reply?.ok ? await reply.text().catch(() => null) : null
  place.innerHTML = words ?? ''
  return words !== null
}

// What is carried by hand when the line is dead: everything that waits, under a hello that says how late it is.
import type { Around } from '#kiosk/device/around.ts'
import { makeHello } from '#kiosk/device/greet.ts'
import type { Held } from '#kiosk/device/held.ts'
import type { Waiting } from '#kiosk/device/store.ts'
import { carriedHelloText, type Hello } from '#kiosk/hello.ts'

/** Nothing of it is removed from the machine: that is done when the server says, over a line, what it has. */
export type CarriedSet = { hello: Hello; waiting: Waiting[] }

/** @throws StorageFull; an Error at a screen that was not let in yet. */
export async function carriedSet(held: Held, around: Around, pack: string | null): Promise<CarriedSet> {
  const hello = await makeHello(held, around, pack, carriedHelloText)
  return { hello, waiting: await around.store.waiting() }
}

// On the pages where one signs out: what still waits of theirs in this browser is handed in and then dropped, so that
// nothing of it stays on a shared computer.
import { v7 } from 'uuid'
import { handIn } from '#course/hand-in.ts'
import { openWaiting } from '#course/waiting.ts'
import { post } from '#quiz/post.ts'

const words =
  '网络不好，这台设备上还有没交上去的学习时间、答案，或没存上的稿子。请等网络好了（稿子请打开存好）再退出；现在再按一次就退出，它们会被清掉。'

/** Something that waits in this browser. */
export type Leaving = {
  /** Hands in all of a person; false if something could not be sent. */
  handIn: (owner: string) => Promise<boolean>
  dropAll: (owner: string) => Promise<void>
}

/** What waits of lessons. */
export const ofLessons: Leaving = {
  handIn: async (owner) => {
    const store = await openWaiting()
    const nobody = () => undefined
    const now = () => performance.timeOrigin + performance.now()
    const mine = { post, store, owner, now, id: () => v7() }
    const carrier = { ...mine, takeOver: () => false, said: nobody, dropped: nobody }
    return (await handIn(carrier, () => true)) === null
  },
  dropAll: async (owner) => (await openWaiting()).dropAllOf(owner),
}

/** Watches the forms by which one signs out. */
export function leaveNothing(all: readonly Leaving[]) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-owner]')) {
    const owner = form.dataset['owner'] ?? ''
    let warned = false
    // A browser that keeps nothing has nothing to hand in.
    const handedIn = () => Promise.all(all.map((one) => one.handIn(owner).catch(() => true)))
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      if (warned || !(await handedIn()).includes(false)) {
        await Promise.all(all.map((one) => one.dropAll(owner).catch(() => undefined)))
        return form.submit()
      }
      warned = true
      const said = document.createElement('p')
      Object.assign(said, { className: 'say care', role: 'status', textContent: words })
      form.before(said)
    })
  }
}

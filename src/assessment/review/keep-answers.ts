// On pages with questions and without a lesson: an answer that cannot be sent waits in this browser, like one beside a
// lesson, and goes out when the line is back; another page of the same person may take it along.
import { v7 } from 'uuid'
import { handIn, type Rest } from '#course/hand-in.ts'
import { isUrgent, openWaiting, type KeptAnswer, type Waiting } from '#course/waiting.ts'
import { say, type GivenAnswer } from '#quiz/answer-events.ts'
import { post } from '#quiz/post.ts'

const words: Record<Rest['type'], string> = {
  offline: '没有网络，已先存在这台设备上，恢复后自动提交',
  'signed-out': '登录已经过期，已先存在这台设备上，登录后自动提交',
  busy: '网站暂时忙不过来，已先存在这台设备上，过一会儿自动提交',
  broken: '已先存在这台设备上，过一会儿自动提交',
  wait: '题目还没读完吧？已先存在这台设备上，过几秒自动提交',
}

/** Seconds before the next try, growing. */
const pauses = [5, 10, 20, 40, 60]

/**
 * @param owner mark of the person for whom the page was made.
 * @param now ms since 1970.
 */
export function keepAnswers(owner: string, now: () => number) {
  let store: Waiting | null = null
  let running = false
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let rest: Rest = { type: 'offline' }

  async function tell(only?: string) {
    for (const { item, fields } of (await store?.answers(owner)) ?? [])
      if (only === undefined || only === item) say('answer-told', { item, waiting: words[rest.type], fields })
  }

  async function send() {
    if (running || !store) return
    running = true
    clearTimeout(timer)
    const left = await handIn(
      {
        ...{ post, store, owner, id: () => v7(), now },
        takeOver: () => false,
        said: ({ item }, said) => say('answer-told', { item, ...said }),
        dropped: () => undefined,
      },
      isUrgent(now()),
    ).catch((): Rest => ({ type: 'broken' }))
    running = false
    if (left === null) return void (tries = 0)
    rest = left
    await tell()
    if (left.type === 'signed-out') return
    const pause = pauses[Math.min(tries++, pauses.length - 1)] ?? 60
    const seconds = 'seconds' in left ? (left.seconds ?? pause) : pause
    timer = setTimeout(() => void send(), seconds * 1000)
  }

  async function keep(shelf: Waiting, answer: KeptAnswer) {
    for (const before of await shelf.answers(owner))
      if (before.item === answer.item) await shelf.dropAnswer(before.event)
    if (await shelf.keepAnswer(answer)) await tell(answer.item)
    else say('answer-told', { item: answer.item, problem: '答案还在这里，没有存上，请再按一次' })
    await send()
  }

  function take(given: CustomEvent<GivenAnswer>) {
    const { failed, event, item, lesson, fields } = given.detail
    given.detail.owner = owner
    if (!failed || !store) return
    given.preventDefault()
    void keep(store, { event, owner, lesson, item, fields, at: now() })
  }

  document.addEventListener('answer-given', take)
  document.addEventListener('question-shown', ({ detail }) => void tell(detail.item))
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void send())
  addEventListener('online', () => void send())
  void openWaiting().then(
    (opened) => ((store = opened), void send()),
    // A browser that keeps nothing: an answer that could not be sent is said to be so.
    () => undefined,
  )
}

// On the pages beside an attempt: answers that an earlier page could not send go out now.
import { ofAttempts } from '#assessment/attempt/kept.ts'

const owner = document.querySelector<HTMLElement>('[data-bring-in]')?.dataset['bringIn']
if (owner) void ofAttempts.handIn(owner).catch(() => undefined)

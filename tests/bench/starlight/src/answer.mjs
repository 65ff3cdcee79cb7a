// Stands for `astro:actions`, which a site of files does not have: the least that the island can send answers with.
// The server of files says no to them, so what is measured is the way there and back.

/** Sends an answer; written into a form it is an address. */
async function answer(form) {
  const reply = await fetch('/answer', { method: 'POST', body: form })
  return { data: await reply.json(), error: undefined }
}
answer.toString = () => '?_action=answer'

export const actions = { answer }

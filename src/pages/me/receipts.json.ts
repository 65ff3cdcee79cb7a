// GET: every receipt of a person with the newest nightly root, for keeping outside this site.
import type { APIRoute } from 'astro'
import { latestRoot, linksOf, verifyChain } from '#record/root.server.ts'

export const GET: APIRoute = async ({ locals }) => {
  const person = locals.session?.person
  if (!person) return new Response(null, { status: 401 })
  const [receipts, chain, root] = await Promise.all([
    linksOf(person.id),
    verifyChain(person.id),
    latestRoot(),
  ])
  const body = {
    person: { name: person.name, number: person.number },
    chain,
    root,
    rule: 'payloadHash = H(salt, payload); hash = H(previous, id, kind, at, receivedAt, payloadHash); H = SHA-256 over each part as "<bytes>:<part>"',
    receipts,
  }
  return new Response(JSON.stringify(body, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="receipts.json"',
    },
  })
}

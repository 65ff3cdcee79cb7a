// Everything that is held about the person who asks, as a file (personal information protection law, article 45).
import type { APIRoute } from 'astro'
import { exportPerson } from '#people/export.server.ts'
import { requireSession } from '#people/session.ts'

export const GET: APIRoute = async ({ locals }) => {
  const { person } = requireSession(locals.session)
  return new Response(JSON.stringify(await exportPerson(person.id), null, 2), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="lianxue-my-data.json"',
    },
  })
}

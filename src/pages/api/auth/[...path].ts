// better-auth, as far as it is open (src/people/open-path.ts).
import type { APIRoute } from 'astro'
import { answerAuth } from '#people/auth.server.ts'

export const ALL: APIRoute = ({ request, locals }) => answerAuth(request, locals.address)

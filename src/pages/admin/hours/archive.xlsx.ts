// The training archive of the people of an officer's units (?year=, ?unit=), for download.
import type { APIRoute } from 'astro'
import { unitFile } from '#archive/unit-file.server.ts'
import { requireSession } from '#people/session.ts'

export const GET: APIRoute = ({ locals, url }) =>
  unitFile(requireSession(locals.session), url.searchParams, 'xlsx')

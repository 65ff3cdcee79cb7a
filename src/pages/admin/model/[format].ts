// A capability model for download: model.csv, model.json or case.json, of the one in force or of what ?look= names.
import type { APIRoute } from 'astro'
import { modelFile } from '#plan/model/model-file.server.ts'
import { requireSession } from '#people/session.ts'
import { fileReply } from '#sheet/file-reply.ts'

export const GET: APIRoute = async ({ params, locals, url }) => {
  const look = url.searchParams.get('look') ?? ''
  const file = await modelFile(requireSession(locals.session), params['format'] ?? '', look)
  if (file === null) return new Response(null, { status: 404 })
  return fileReply(file.content, file.ending, { plain: file.plain, name: file.name })
}

// GET /admin/hours/archive.csv and .xlsx: the archive of the people of an officer's units, as the address asks for it.
import { z } from 'astro/zod'
import { unitArchive, type Format } from '#archive/download.server.ts'
import { fileReply } from '#sheet/file-reply.ts'
import type { Session } from '#people/session.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { orRefusal, Refusal } from '#refusal.ts'

const Query = z.object({
  year: z.coerce.number().int().min(1950).max(2100).nullable().catch(null),
  unit: z.string().min(1).max(64).nullable().catch(null),
})

/** @param query `year` and `unit` of the address; what is missing or empty narrows nothing. */
export async function unitFile(session: Session, query: URLSearchParams, format: Format): Promise<Response> {
  const wanted = Query.parse({ year: query.get('year') || null, unit: query.get('unit') || null })
  const file = await unitArchive(session, wanted, format, modelInUse().posts).catch(orRefusal)
  if (file instanceof Refusal) return Response.json(file, { status: file.status })
  const name = wanted.year === null ? '培训档案' : `培训档案${wanted.year}`
  return fileReply(file, format, { plain: 'training-archive', name })
}

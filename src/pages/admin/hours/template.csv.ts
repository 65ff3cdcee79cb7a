// The template for importing hours as CSV, for download.
import type { APIRoute } from 'astro'
import { fileReply } from '#sheet/file-reply.ts'
import { frameToday } from '#archive/frame.server.ts'
import { templateCsv } from '#archive/template.ts'

export const GET: APIRoute = async () =>
  fileReply(templateCsv((await frameToday()).activities), 'csv', {
    plain: 'hours-template',
    name: '转入学时模板',
  })

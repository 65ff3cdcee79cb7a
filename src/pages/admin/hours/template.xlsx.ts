// The template for importing hours as a workbook, for download.
import type { APIRoute } from 'astro'
import { fileReply } from '#sheet/file-reply.ts'
import { frameToday } from '#archive/frame.server.ts'
import { templateWorkbook } from '#archive/template.ts'

export const GET: APIRoute = async () =>
  fileReply(templateWorkbook((await frameToday()).activities), 'xlsx', {
    plain: 'hours-template',
    name: '转入学时模板',
  })

// The forms of the administrators' pages: what a browser may send.
import { z } from 'astro/zod'
import { day, WantedAssignment } from '#people/roster/assignment.ts'
import { personName } from '#people/roster/newcomer.ts'
import { roles } from '#people/session.ts'

const id = z.string().max(64)

/** Whose account; the button says what is to happen. */
export const AboutPerson = z.object({ personId: id })

export const AssignForm = WantedAssignment.extend({
  personId: id,
  /** The former main post ends on the day before. */
  endFormer: z.boolean(),
})

export const EndAssignmentForm = z.object({
  assignmentId: id,
  /** Its last day. */
  toOn: day,
})

export const NameForm = z.object({ personId: id, name: personName })

export const GrantForm = z.object({
  personId: id,
  role: z.enum(roles, { error: '选一个角色。' }),
  /** Id of the unit for which it holds. */
  over: z.string({ error: '选一个单位。' }),
})

export const SlipsForm = z.object({
  /** Ids of persons. */
  people: z.array(id),
})

const choices = { makeUnits: z.boolean(), endFormer: z.boolean() }

export const PreviewForm = z.object({
  /** The file of the roster, or its text from an earlier preview. */
  file: z.instanceof(File).nullish(),
  text: z.string().nullish(),
  ...choices,
})

export const ImportForm = z.object({
  text: z.string({ error: '没有收到名册，请重新上传。' }),
  ...choices,
  skipErrors: z.boolean(),
})

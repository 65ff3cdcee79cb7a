// The tests that can be taken, as their blueprints in the database say.
import { and, asc, eq, isNull } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { assessment } from '#db/schema/assessment.ts'
import { Refusal } from '#refusal.ts'
import { indicatorNow } from '#record/capability/model.server.ts'
import { Blueprint } from '#assessment/blueprint/blueprint.ts'

/** Tests on offer, by id; a withdrawn one, or one whose file is gone, is not among them. */
export async function openAssessments(): Promise<Blueprint[]> {
  const rows = await read
    .select({ body: assessment.body })
    .from(assessment)
    .where(and(isNull(assessment.withdrawnAt), isNull(assessment.missingSince)))
    .orderBy(asc(assessment.id))
  return rows.map(({ body }) => inForce(Blueprint.parse(body)))
}

/** A test by its id; null if there never was one. @throws Refusal `closed` if it is not on offer any more. */
export async function assessmentById(id: string): Promise<Blueprint | null> {
  const [row] = await read.select().from(assessment).where(eq(assessment.id, id))
  if (!row) return null
  if (row.withdrawnAt !== null || row.missingSince !== null)
    throw new Refusal('closed', '这份测评已经停用。', '你已有的结果不受影响。')
  return inForce(Blueprint.parse(row.body))
}

/** A blueprint may name indicators of an earlier model: its cells draw what counts in their place now. */
function inForce(blueprint: Blueprint): Blueprint {
  if (blueprint.form === 'adaptive') return blueprint
  const cells = blueprint.cells.map((cell) => ({ ...cell, indicator: indicatorNow(cell.indicator) }))
  return { ...blueprint, cells }
}

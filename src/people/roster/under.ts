// "This unit and all below it" as conditions in SQL.
import { or, sql, type SQL, type SQLWrapper } from 'drizzle-orm'

/** Paths end in "/", and "0" is the character after it; so the index of the path can be used. */
function under(column: SQLWrapper, path: string): SQL {
  return sql`(${column} >= ${path} and ${column} < ${`${path.slice(0, -1)}0`})`
}

/** Under one of several paths; under none if there are no paths. */
export function underAny(column: SQLWrapper, paths: string[]): SQL {
  return or(...paths.map((path) => under(column, path))) ?? sql`false`
}

/**
 * `placesOf()` as a condition on the table person: posts that last to today or longer; else those that ended last;
 * else the units of the grants. Names are written out, for a query may leave the table of a column away.
 */
export function placedUnder(paths: string[], today: string): SQL {
  const here = underAny(sql.raw('u.path'), paths)
  const lastDay = sql.raw(
    `(select max(coalesce(b.to_on, '9999')) from assignment b where b.person_id = person.id)`,
  )
  return sql`(
    exists (select 1 from assignment a join unit u on u.id = a.unit_id
      where a.person_id = person.id and ${here} and coalesce(a.to_on, '9999') >= min(${today}, ${lastDay}))
    or (${lastDay} is null and exists (select 1 from "grant" g join unit u on u.id = g.unit_id
      where g.person_id = person.id and ${here})))`
}

// The units of an invented county: 青溪县 with its departments, three townships and twelve villages.
import { idsFrom } from '#demo/id.ts'
import { randomFor } from '#demo/random.ts'
import type { UnitKind } from '#people/roster/unit.ts'

export type DemoUnit = {
  id: string
  parentId: string | null
  path: string
  name: string
  kind: UnitKind
}

/** The county by the parts that people are placed in. */
export type County = {
  county: DemoUnit
  departments: DemoUnit[]
  townships: { township: DemoUnit; villages: DemoUnit[] }[]
  /** All of them, each after the one above it. */
  units: DemoUnit[]
}

const departments = ['县委组织部', '县委宣传部', '县委社会工作部', '县委党校', '县纪委监委']

const townships: Record<string, string[]> = {
  白石镇: ['云岭村', '竹溪村', '大塘村', '石桥社区'],
  柳河镇: ['上坪村', '双井村', '杨树湾村', '河东社区'],
  高岭乡: ['青松村', '荷塘村', '马鞍村', '红岩村'],
}

/** Builds the county; `at` (ms since 1970) is when it was entered. */
export function buildCounty(at: number): County {
  const makeId = idsFrom(randomFor('units'))
  const under = (parent: DemoUnit | null, name: string, kind: UnitKind): DemoUnit => {
    const id = makeId(at)
    return { id, parentId: parent?.id ?? null, path: `${parent?.path ?? '/'}${id}/`, name, kind }
  }
  const county = under(null, '青溪县', 'county')
  const offices = departments.map((name) => under(county, name, 'department'))
  const below = Object.entries(townships).map(([name, villages]) => {
    const township = under(county, name, 'township')
    return { township, villages: villages.map((village) => under(township, village, 'village')) }
  })
  const units = [county, ...offices, ...below.flatMap(({ township, villages }) => [township, ...villages])]
  return { county, departments: offices, townships: below, units }
}

import type { RestorePlan, RscDocument } from '../../src/index.js'
import { canonicalValue, menuFacts, planRestore } from '../../src/index.js'
import { ReferenceRouter } from './reference-router.js'

/** Figures and differences of one plan that was carried out on the reference router. */
export interface PlanProof {
  readonly plan: RestorePlan
  /** Empty when the router ended as the target says. */
  readonly differences: readonly string[]
  /** Times an ordered menu with items on both sides had none in between. */
  readonly emptied: number
  /** Statements that remove an item which no change removes or rewrites. */
  readonly removedUnchanged: number
}

/** Carries out the plan and compares, except for what the plan said it does not do. */
export function provePlan(current: RscDocument, target: RscDocument): PlanProof {
  const plan = planRestore(current, target)
  const router = new ReferenceRouter(current, target)
  const wanted = new ReferenceRouter(target, current)
  const ordered = [...router.menus.keys()].filter(
    (path) =>
      menuFacts(path, current.header.major)?.orderEffect === 'first-match' &&
      (wanted.menus.get(path)?.length ?? 0) > 0 &&
      (router.menus.get(path)?.length ?? 0) > 0,
  )
  let emptied = 0
  router.run(plan.script, () => {
    for (const path of ordered) if (router.menus.get(path)?.length === 0) emptied++
  })
  const assumed = new Set(
    plan.assumedDefaults.map(
      ({ menu, property, value }) => `${menu}\n${property}\n${canonicalValue(menu, property, value)}`,
    ),
  )
  const { properties, menus: skipped } = leftOut(plan)
  const leaveOut = (menu: string, property: string, value: string) =>
    assumed.has(`${menu}\n${property}\n${value}`) || properties.has(`${menu}\n${property}`)
  const is = router.summary(leaveOut)
  const should = wanted.summary(leaveOut)
  const differences: string[] = []
  for (const path of new Set([...is.keys(), ...should.keys()])) {
    if (skipped.has(path)) continue
    const first = is.get(path) ?? []
    const second = should.get(path) ?? []
    if (first.join('\n') === second.join('\n')) continue
    differences.push(
      `${path}: ${first.filter((line) => !second.includes(line)).join(' | ')} <> ${second.filter((line) => !first.includes(line)).join(' | ')}`,
    )
  }
  const removedUnchanged = plan.statements.filter(
    (statement) =>
      statement.verb === 'remove' &&
      !statement.changes.some(
        (at) => plan.diff.changes[at]?.kind === 'removed' || plan.diff.changes[at]?.kind === 'modified',
      ),
  ).length
  return { plan, differences, emptied, removedUnchanged }
}

/** What the plan said it does not do: single properties, or a menu where whole items are concerned. */
function leftOut({ unsupported, diff }: RestorePlan): { properties: Set<string>; menus: Set<string> } {
  const properties = new Set<string>()
  const menus = new Set<string>()
  for (const { code, menu, property, change } of unsupported) {
    if (code === 'secret-not-carried') continue
    const isWholeItem =
      property === undefined || (change !== undefined && diff.changes[change]?.kind === 'added')
    if (isWholeItem) menus.add(menu)
    else properties.add(`${menu}\n${property}`)
  }
  return { properties, menus }
}

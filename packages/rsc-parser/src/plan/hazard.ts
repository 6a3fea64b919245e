import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { MenuFacts } from '../facts/menu-facts.js'
import type { StatementHazard } from './restore-plan.js'

const clockMenus = new Set([
  '/system clock',
  '/system clock manual',
  '/system ntp client',
  '/system ntp client servers',
])

/** Menus that decide last whether a login gets in; they are changed after everything that prepares for it. */
const lastMenus = new Set(['/ip service', '/ip ssh'])

/** Menus that decide what the one who runs the script may do; nothing can follow a right that is given up. */
const rightsMenus = new Set(['/user', '/user group', '/user aaa'])

/** Properties of no effect on traffic. */
const harmless = new Set(['comment', 'log', 'log-prefix'])

/** What may go wrong for the one who is connected when this operation runs. */
export function hazardOf(
  menu: MenuPath,
  facts: MenuFacts | undefined,
  names: Iterable<string>,
): StatementHazard | undefined {
  if (clockMenus.has(menu)) return 'clock'
  if (facts !== undefined && facts.risk !== 'management' && menu !== '/ip firewall address-list')
    return undefined
  const all = [...names]
  if (all.length > 0 && all.every((name) => harmless.has(name))) return undefined
  return 'management'
}

/** When an operation should run as far as nothing else decides; later for what is more likely to cut a connection. */
export function stageOf(
  kind: 'add' | 'set' | 'remove' | 'move',
  menu: MenuPath,
  hazard: StatementHazard | undefined,
  isRestrictive: boolean,
): number {
  if (rightsMenus.has(menu)) return 10
  if (hazard === 'clock') return 9
  if (hazard === undefined) return kind === 'remove' ? 2 : 1
  if (lastMenus.has(menu)) return 8
  if (isRestrictive) return 7
  return { add: 3, set: 4, move: 5, remove: 6 }[kind]
}

const restrictiveActions = new Set(['drop', 'reject', 'tarpit'])

/** True for what can only take access away: a drop rule, something disabled, VLAN filtering switched on. */
export function isRestrictive(menu: MenuPath, properties: readonly PropertyValue[]): boolean {
  return properties.some(
    ({ name, value }) =>
      (name === 'action' && restrictiveActions.has(value) && menu.includes('firewall')) ||
      (name === 'disabled' && value === 'yes' && properties.length === 1) ||
      (name === 'vlan-filtering' && value === 'yes'),
  )
}

import type { MenuPath } from '../document/menu-path.js'
import { menuPathWords } from '../document/menu-path.js'
import type { MenuFacts } from '../facts/menu-facts.js'
import type { DeviceState } from './device-state.js'
import type { StateItem } from './state-item.js'

/** Menus whose names share one space: `/interface bridge` and `/interface vlan` cannot both have `lan`. */
export type NameSpace = string

const interfaceSpace = '/interface'
const otherInterfaceMenus = new Set(['/zerotier interface', '/caps-man interface', '/interface w60g station'])

/** The space in which the names of a menu must be unique: one for all interfaces, else the menu itself. */
export function nameSpaceOf(menu: MenuPath): NameSpace {
  if (otherInterfaceMenus.has(menu)) return interfaceSpace
  const words = menuPathWords(menu)
  return words[0] === 'interface' && words.length <= 2 && words[1] !== 'list' ? interfaceSpace : menu
}

/** Where the value of a property may point: the names of a space. Values made by use (chains, lists) are no names. */
export function referenceTargets(facts: MenuFacts | undefined, property: string): readonly NameSpace[] {
  const written = facts?.refs[property]
  if (written === undefined) return noTargets
  const known = targetCache.get(written)
  if (known !== undefined) return known
  const targets = written
    .split('|')
    .filter((target) => target.startsWith('/') && !target.includes(':') && !namedByText.has(target))
    .map(nameSpaceOf)
  targetCache.set(written, targets)
  return targets
}

/** What runs a script holds its name as text: a rename is not followed, and the text may as well be code. */
const namedByText = new Set(['/system script'])

const noTargets: readonly NameSpace[] = []
const targetCache = new Map<string, readonly NameSpace[]>()

/** Where the value of a property names something that exists by use: `/ip firewall address-list` with `list`. */
export function usageTargets(
  facts: MenuFacts | undefined,
  property: string,
): readonly (readonly [MenuPath, string])[] {
  const written = facts?.refs[property]
  if (facts === undefined || written === undefined || !written.includes(':')) return []
  return written.split('|').flatMap((target) => {
    const cut = target.indexOf(':')
    if (cut < 0) return []
    const menu = target.slice(0, cut)
    return [[menu === 'self' ? facts.path : menu, target.slice(cut + 1)] as const]
  })
}

/**
 * Splits a value into the names it may hold and what stands between them, so that one name can be replaced. Names may
 * themselves hold such marks; callers try the whole value first.
 */
function splitNames(value: string, targets: readonly NameSpace[]): readonly string[] {
  // A queue has one type each way: `default/default`. A gateway may say `192.0.2.1%ether1` or `192.0.2.1@vrf`.
  return value.split(targets.includes('/queue type') ? /([,!/])/ : /([,!%@])/)
}

/** A name as a key of `NameIndex`. */
export function nameKey(space: NameSpace, name: string): string {
  return `${space}\n${name}`
}

/** Items by the name under which others refer to them. */
export type NameIndex = ReadonlyMap<string, StateItem>

/** Indexes all named items of a state. */
export function indexNames(state: DeviceState): NameIndex {
  const names = new Map<string, StateItem>()
  for (const menu of state.menus.values()) {
    for (const item of menu.items) {
      if (item.name !== undefined) names.set(nameKey(nameSpaceOf(item.menu), item.name), item)
    }
  }
  return names
}

/** Old name to new name, by `nameKey` of the old one. */
export type Renames = ReadonlyMap<string, string>

/**
 * Where a value may name an interface or a list of interfaces, an interface of the name comes first. The key of the
 * interface that keeps such values from following the rename of a list; `Renames` holds it with its own name.
 */
export function shieldedBy(space: NameSpace, name: string): string | undefined {
  return space === '/interface list' ? nameKey(interfaceSpace, name) : undefined
}

/** Calls back for each part of a value that may be a name, with the spaces to look in. */
export function forEachName(
  facts: MenuFacts | undefined,
  property: string,
  value: string,
  visit: (space: NameSpace, name: string) => void,
): void {
  const targets = referenceTargets(facts, property)
  if (targets.length === 0) return
  for (const space of targets) visit(space, value)
  if (!/[,!%@/]/.test(value)) return
  for (const part of splitNames(value, targets)) {
    if (part === '' || part === value) continue
    for (const space of targets) visit(space, part)
  }
}

/** The value after the device has followed the renames, or the same value. */
export function followRenames(
  facts: MenuFacts | undefined,
  property: string,
  value: string,
  renames: Renames,
): string {
  if (renames.size === 0) return value
  const targets = referenceTargets(facts, property)
  if (targets.length === 0) return value
  const renamed = (name: string) => {
    for (const space of targets) {
      const to = name === '' ? undefined : renames.get(nameKey(space, name))
      if (to !== undefined) return to
    }
    return undefined
  }
  const whole = renamed(value)
  if (whole !== undefined || !/[,!%@/]/.test(value)) return whole ?? value
  return splitNames(value, targets)
    .map((part) => renamed(part) ?? part)
    .join('')
}

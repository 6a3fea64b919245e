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
    .filter((target) => target.startsWith('/') && !target.includes(':'))
    .map(nameSpaceOf)
  targetCache.set(written, targets)
  return targets
}

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

/** Splits a value into the names it may hold and what stands between them, so that one name can be replaced. */
export function splitNames(value: string): readonly string[] {
  return value.split(/([,!%@])/)
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

/** Calls back for each part of a value that may be a name, with the spaces to look in. */
export function forEachName(
  facts: MenuFacts | undefined,
  property: string,
  value: string,
  visit: (space: NameSpace, name: string) => void,
): void {
  const targets = referenceTargets(facts, property)
  if (targets.length === 0) return
  for (const part of splitNames(value)) {
    if (part === '' || part.length === 1) {
      if (!/^\w$/.test(part)) continue
    }
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
  let isChanged = false
  const parts = splitNames(value).map((part) => {
    for (const space of targets) {
      const renamed = part === '' ? undefined : renames.get(nameKey(space, part))
      if (renamed !== undefined) {
        isChanged = true
        return renamed
      }
    }
    return part
  })
  return isChanged ? parts.join('') : value
}

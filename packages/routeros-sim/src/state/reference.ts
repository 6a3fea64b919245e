import type { ConfigItem } from './config-item.js'
import { isInterfaceMenu } from './interface-family.js'
import type { RouterConfig } from './router-config.js'

/** One place a property may point to: a menu and the property that names its items. */
export interface ReferenceTarget {
  readonly menu: string
  readonly property: string
  /** Marks, chains and list names come to be by use: nothing is checked, renamed or left dangling. */
  readonly byUse: boolean
}

/** Reads a reference of the fact tables: `/menu`, `/menu:property`, `a|b`, `self:property`. */
export function referenceTargets(spec: string, ownMenu: string): ReferenceTarget[] {
  return spec.split('|').map((part) => {
    const [menu = '', property] = part.split(':')
    const path = menu === 'self' ? ownMenu : menu
    return {
      menu: path,
      property: property ?? 'name',
      byUse:
        property !== undefined || path === '/system script' || path === 'script' || path === '/certificate',
    }
  })
}

/** The menus in which items of a target menu live: `/interface` is the union of all interface menus. */
export function targetMenus(config: RouterConfig, target: string): string[] {
  if (target === '/interface') return [...config.menus.keys()].filter(isInterfaceMenu)
  return config.menus.has(target) ? [target] : []
}

/** The item a name means in a target menu. */
export function findByName(config: RouterConfig, target: string, name: string): ConfigItem | undefined {
  for (const path of targetMenus(config, target)) {
    const found = config.menu(path)?.named(name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Items that are named in pairs, one for each direction: `up/down`. */
const NAMED_IN_PAIRS = '/queue type'

/** Splits a stored value into the names it holds (of a menu): `!a,b` gives `a` and `b`. */
export function namesIn(value: string, targetMenu?: string): string[] {
  const names = value
    .replace(/^!/, '')
    .split(',')
    .map((part) => part.replace(/^!/, ''))
  if (targetMenu !== NAMED_IN_PAIRS) return names
  return names.flatMap((name) => (name.includes('/') ? [name, ...name.split('/')] : name))
}

/** Puts `to` wherever a stored value names `from`. */
function replaceName(value: string, from: string, to: string, targetMenu: string): string {
  if (targetMenu === NAMED_IN_PAIRS && value !== from) {
    return value
      .split('/')
      .map((part) => (part === from ? to : part))
      .join('/')
  }
  const negation = value.startsWith('!') ? '!' : ''
  const parts = value.slice(negation.length).split(',')
  return (
    negation +
    parts
      .map((part) => {
        if (part === from) return to
        if (part === `!${from}`) return `!${to}`
        return part.endsWith(`%${from}`) ? part.slice(0, part.length - from.length) + to : part
      })
      .join(',')
  )
}

/** Makes all references to a name follow it: a new name after a rename, `*C` after a removal. */
export function redirectReferences(config: RouterConfig, targetMenu: string, from: string, to: string): void {
  const targetIsInterface = isInterfaceMenu(targetMenu)
  for (const menu of [...config.menus.values()]) {
    const refs = menu.facts?.refs
    if (refs === undefined) continue
    for (const [property, spec] of Object.entries(refs)) {
      const points = referenceTargets(spec, menu.path).some(
        (target) =>
          !target.byUse &&
          (target.menu === targetMenu || (targetIsInterface && target.menu === '/interface')),
      )
      if (!points) continue
      for (const item of menu.items) {
        const value = item.values.get(property)
        if (typeof value !== 'string' || !value.includes(from)) continue
        const replaced = replaceName(value, from, to, targetMenu)
        if (replaced !== value) config.assign(item, [[property, replaced]])
      }
    }
    if (targetIsInterface && menu.facts?.builtin === 'fixed' && !isInterfaceMenu(menu.path)) {
      for (const item of menu.items) {
        const handle = item.handle
        if (handle?.kind !== 'name' || handle.name !== from) continue
        item.handle = { kind: 'name', name: to }
        menu.touch(item)
      }
    }
  }
}

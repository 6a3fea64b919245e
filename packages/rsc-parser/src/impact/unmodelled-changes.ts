import { type DeviceView, listOf, type ViewItem } from './device-view.js'
import { parseIpRange, rangeContains } from './ip-range.js'
import { isOnTheWay, type PathUse } from './path-use.js'
import { watchedMenus, watchedProperties } from './watched-menus.js'

/**
 * Changes between two devices that may cut a path and that the analysis does not follow, in words.
 * @param formerNames what `from` calls interfaces that `to` calls otherwise, by their name in `to`.
 */
export function unmodelledChanges(
  from: DeviceView,
  to: DeviceView,
  use: PathUse,
  formerNames: ReadonlyMap<string, string>,
): readonly string[] {
  const found: string[] = []
  const noNames: ReadonlyMap<string, string> = new Map()
  const useNow = {
    ...use,
    interfaces: new Set([...use.interfaces, ...namesNow(use.interfaces, formerNames)]),
  }
  for (const menu of new Set([...from.menus, ...to.menus])) {
    const rule = watchedMenus.find((each) => each.menu.test(menu))
    if (rule !== undefined) {
      if (rule.matters?.(useNow, from, to) === false) continue
      const textOf = (view: DeviceView, names: ReadonlyMap<string, string>): string =>
        textsOf(
          view.items(menu).filter((item) => rule.counts?.(item, useNow) !== false),
          (name, value) => {
            if (rule.harmless?.includes(name) || rule.resting?.[name] === value) return undefined
            return name === 'allowed-address' ? coverage(value, useNow) : (names.get(value) ?? value)
          },
        )
          .sort()
          .join('\n')
      if (textOf(from, noNames) !== textOf(to, formerNames)) found.push(`${rule.what} change (${menu})`)
      continue
    }
    const properties = watchedProperties.find(([pattern]) => pattern.test(menu))?.[1]
    for (const property of properties ?? []) {
      const before = from.items(menu).filter((item) => isOnTheWay(item, useNow))
      if (
        propertyChanged(
          property,
          before,
          to.items(menu).filter((item) => isOnTheWay(item, useNow)),
        )
      ) {
        found.push(`${property} changes (${menu})`)
      }
    }
  }
  return found
}

function namesNow(names: ReadonlySet<string>, formerNames: ReadonlyMap<string, string>): readonly string[] {
  return [...formerNames].filter(([, former]) => names.has(former)).map(([now]) => now)
}

/** True when everything that the analysis reads or watches is the same in both. */
export function sameWhereItMatters(
  from: DeviceView,
  to: DeviceView,
  isRead: (menu: string) => boolean,
): boolean {
  if (from.otherStatements !== to.otherStatements) return false
  for (const menu of new Set([...from.menus, ...to.menus])) {
    if (isRead(menu) && orderedTextOf(from.items(menu)) !== orderedTextOf(to.items(menu))) return false
  }
  return true
}

function orderedTextOf(items: readonly ViewItem[]): string {
  return textsOf(items, (_name, value) => value).join('\n')
}

/**
 * Items as comparable texts; built-in ones at their defaults are left out.
 * @param reading how a value is compared; undefined for one that does not matter.
 */
function textsOf(
  items: readonly ViewItem[],
  reading: (name: string, value: string) => string | undefined,
): string[] {
  const texts: string[] = []
  for (const item of items) {
    const values: string[] = []
    for (const [name, value] of item.state.values) {
      const read = name === 'comment' ? undefined : reading(name, value)
      if (read !== undefined) values.push(`${name}=${read}`)
    }
    if (values.length > 0 || item.state.origin === 'added')
      texts.push([item.state.handle, ...values.sort()].join(' '))
  }
  return texts
}

/** The addresses that a WireGuard peer may use, as far as the manager is concerned. */
function coverage(allowed: string, use: PathUse): string {
  const ranges = listOf(allowed).map(parseIpRange)
  return ranges.some((range) => range !== undefined && rangeContains(range, use.source))
    ? 'the manager'
    : allowed
}

function propertyChanged(property: string, from: readonly ViewItem[], to: readonly ViewItem[]): boolean {
  const before = new Map(from.map((item) => [handleOf(item), item.state.values.get(property) ?? '']))
  return to.some((item) => {
    const known = before.get(handleOf(item))
    return known !== undefined && known !== (item.state.values.get(property) ?? '')
  })
}

function handleOf(item: ViewItem): string {
  return `${item.state.handle} ${item.name ?? ''} ${item.values.get('interface') ?? ''} ${item.values.get('bridge') ?? ''}`
}

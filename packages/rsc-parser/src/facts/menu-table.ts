import { canonicalMenuPath, type MenuPath } from '../document/menu-path.js'
import { correctDefaults } from './measured-defaults.js'
import type { MenuFacts, MenuRisk } from './menu-facts.js'
import { menuTableJson } from './menu-table.generated.js'

/** A menu as the generated table has it; the build script names the fields. */
interface CompactMenu {
  readonly p: string
  readonly s?: 1
  readonly o?: 'f' | 'w'
  readonly c?: readonly string[]
  readonly k?: readonly string[]
  readonly b?: 'r' | 'f' | 'm'
  readonly bk?: 'default-name' | 'name' | 'numbers' | 'default' | '.id'
  readonly x?: string
  readonly xs?: string
  readonly r?: Readonly<Record<string, string>>
  readonly q?: string
  readonly u?: string
  readonly d?: Readonly<Record<string, string>>
  readonly d6?: Readonly<Record<string, string>>
  readonly v?: number
  readonly f?: string
  readonly t?: string
  readonly h?: 1
  readonly e?: 'e' | 'n'
  readonly i: string
  readonly w?: string
}

const risks: Readonly<Record<string, MenuRisk>> = {
  m: 'management',
  n: 'connectivity',
  x: 'security',
  s: 'service',
  c: 'cosmetic',
}

let compactMenus: ReadonlyMap<MenuPath, CompactMenu> | undefined
const expanded = { 6: new Map<MenuPath, MenuFacts>(), 7: new Map<MenuPath, MenuFacts>() }

function menusByPath(): ReadonlyMap<MenuPath, CompactMenu> {
  compactMenus ??= new Map((JSON.parse(menuTableJson) as CompactMenu[]).map((menu) => [menu.p, menu]))
  return compactMenus
}

/**
 * What is known of a menu, or `undefined`. Defaults are those of the major version; a menu that the version does
 * not have is found too, `majors` says which have it.
 *
 * @param path in any spelling, `/ip firewall filter` or `/ip/firewall/filter`.
 * @param major 6 or 7; anything below 7 counts as 6.
 */
export function menuFacts(path: MenuPath, major = 7): MenuFacts | undefined {
  const cache = major < 7 ? expanded[6] : expanded[7]
  const known = cache.get(path)
  if (known !== undefined) return known
  const canonical = canonicalMenuPath(path)
  const menu = menusByPath().get(canonical)
  if (menu === undefined) return undefined
  const facts = cache.get(canonical) ?? expand(menu, major)
  cache.set(canonical, facts)
  return facts
}

/** Canonical paths of all menus in the table, ascending. */
export function allMenuPaths(): readonly MenuPath[] {
  return [...menusByPath().keys()]
}

function words(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(' ')
}

function expand(menu: CompactMenu, major: number): MenuFacts {
  const kind = menu.s === 1 ? 'singleton' : 'list'
  const builtin = { r: 'removable', f: 'fixed', m: 'mixed' } as const
  const defaultBuiltin = kind === 'singleton' ? 'fixed' : 'removable'
  const table = major < 7 && menu.d6 !== undefined ? { ...menu.d, ...menu.d6 } : (menu.d ?? {})
  const defaults = correctDefaults(menu.p, major, table)
  return {
    path: menu.p,
    kind,
    ordered: menu.o !== undefined,
    ...(menu.o === undefined ? {} : { orderEffect: menu.o === 'f' ? 'first-match' : 'weak' }),
    orderScope: menu.c ?? [],
    keys: (menu.k ?? []).map((tuple) => tuple.split(' ')),
    builtin: menu.b === undefined ? defaultBuiltin : builtin[menu.b],
    ...(menu.bk === undefined ? {} : { builtinKey: menu.bk }),
    sensitive: words(menu.x),
    sensitiveSoft: words(menu.xs),
    refs: menu.r ?? {},
    required: words(menu.q),
    unset: words(menu.u),
    defaults,
    majors: menu.v === undefined ? [6, 7] : [menu.v],
    ...(menu.f === undefined ? {} : { since: menu.f }),
    ...(menu.t === undefined ? {} : { until: menu.t }),
    hardware: menu.h === 1,
    inExport: menu.e === undefined ? 'seen' : menu.e === 'e' ? 'expected' : 'never',
    risk: riskOf(menu.i),
    ...(menu.w === undefined ? {} : { riskReason: menu.w }),
  }
}

function riskOf(code: string): MenuRisk {
  const risk = risks[code]
  if (risk === undefined) throw new Error(`The menu table has an unknown risk code: ${code}`)
  return risk
}

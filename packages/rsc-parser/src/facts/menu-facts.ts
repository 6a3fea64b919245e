import type { MenuPath } from '../document/menu-path.js'

/** The worst plausible effect of a change in a menu. Per menu, not per property. */
export type MenuRisk = 'management' | 'connectivity' | 'security' | 'service' | 'cosmetic'

/**
 * What is known of one menu. From the shared fact tables; `shared/facts/README.md` argues their sources.
 */
export interface MenuFacts {
  readonly path: MenuPath
  readonly kind: 'singleton' | 'list'
  /** The menu has `move`; see `orderEffect`. */
  readonly ordered: boolean
  /** `first-match`: order changes behaviour. `weak`: rarely; treat as cosmetic. */
  readonly orderEffect?: 'first-match' | 'weak'
  /** Order matters only among items that share these properties. */
  readonly orderScope: readonly string[]
  /** Alternatives of natural keys, best first; a tuple applies only to an item that has all of it. */
  readonly keys: readonly (readonly string[])[]
  /** `removable`: no protected entries; `fixed`: entries can only be set; `mixed`: both kinds. */
  readonly builtin: 'removable' | 'fixed' | 'mixed'
  /** How an export addresses built-in entries. */
  readonly builtinKey?: 'default-name' | 'name' | 'numbers' | 'default' | '.id'
  /** Properties that are secrets. */
  readonly sensitive: readonly string[]
  /** Properties that often carry a secret though the device does not hide them. */
  readonly sensitiveSoft: readonly string[]
  /** Property to target: `/menu`, `/menu:property`, `a|b`, `self:property`, `script`. */
  readonly refs: Readonly<Record<string, string>>
  /** Properties that `add` refuses to go without. */
  readonly required: readonly string[]
  /** Properties that can be unset. */
  readonly unset: readonly string[]
  /** Values a compact export leaves out, for the major version asked for. */
  readonly defaults: Readonly<Record<string, string>>
  /** Major versions that have the menu. */
  readonly majors: readonly number[]
  /** First and last 7.x release known to have it, when not all of them. */
  readonly since?: string
  readonly until?: string
  /** The menu exists only on some hardware. */
  readonly hardware: boolean
  readonly inExport: 'seen' | 'expected' | 'never'
  readonly risk: MenuRisk
  readonly riskReason?: string
}

const byName: MenuFacts['keys'] = [['name']]

/** The natural keys of a menu, best first. One that is in no table counts as a list of things with names. */
export function naturalKeys(facts: MenuFacts | undefined): MenuFacts['keys'] {
  return facts?.keys ?? byName
}

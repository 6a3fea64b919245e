/** A property that is present without a value (`fib`, `blackhole`). */
export const FLAG = Symbol('flag')

/** A property that was unset by name: `!src-port` in a verbose export. */
export const UNSET = Symbol('unset')

/** What a property of an item can hold: a decoded byte string, presence, or explicit absence. */
export type StoredValue = string | typeof FLAG | typeof UNSET

/** How an export addresses an item that is always there. */
export type BuiltinHandle =
  | { readonly kind: 'find'; readonly property: string; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'id'; readonly id: string }

/** One item of a menu, or the only item of a singleton menu. */
export interface ConfigItem {
  /** Internal id, written `*1A`; never reused. */
  readonly id: number
  readonly menu: string
  /** What an export of this item prints: set by someone, or printed although it is the default. */
  readonly values: Map<string, StoredValue>
  /**
   * Values that are there from the start: of a built-in item, or known from a verbose export. A name that begins with a
   * dot is known but never written.
   */
  readonly base: Map<string, StoredValue>
  /** Set on items that cannot be added; exports write `set` for them. */
  handle?: BuiltinHandle
  /** True when `remove` refuses. */
  readonly fixed: boolean
  /** Made by the router itself: shown with flag D, never exported. */
  readonly dynamic: boolean
}

/** The id as consoles show it: for some built-in items a fixed one, by which exports address them. */
export function shownId(item: ConfigItem): string {
  return item.handle?.kind === 'id' ? item.handle.id : `*${item.id.toString(16).toUpperCase()}`
}

import { type BuiltinHandle, FLAG, type StoredValue, UNSET } from './config-item.js'
import type { RouterConfig } from './router-config.js'

type SavedValue = string | true | null
type SavedItem = readonly [
  id: number,
  values: readonly (readonly [string, SavedValue])[],
  base: readonly (readonly [string, SavedValue])[],
  handle: BuiltinHandle | null,
  marks: string,
]

/** A whole configuration as plain data: what a binary backup holds. */
export interface ConfigSnapshot {
  readonly loadedVerbose?: boolean
  readonly menus: readonly {
    readonly path: string
    readonly kind: 'singleton' | 'list'
    readonly complete: boolean
    readonly used?: boolean
    readonly printed: readonly string[]
    readonly items: readonly SavedItem[]
  }[]
  readonly ids: readonly (readonly [string, number])[]
}

const save = (value: StoredValue): SavedValue => (value === FLAG ? true : value === UNSET ? null : value)
const restore = (value: SavedValue): StoredValue => (value === true ? FLAG : value === null ? UNSET : value)
const saveAll = (values: ReadonlyMap<string, StoredValue>) =>
  [...values].map(([name, value]) => [name, save(value)] as const)

/** Copies a configuration; dynamic items are left out, as the router makes them anew. */
export function takeSnapshot(config: RouterConfig): ConfigSnapshot {
  return {
    ...(config.loadedVerbose ? { loadedVerbose: true } : {}),
    menus: [...config.menus.values()].map((menu) => ({
      path: menu.path,
      kind: menu.kind,
      complete: menu.completeInExport,
      ...(menu.isUsedUnseen === undefined ? {} : { used: menu.isUsedUnseen }),
      printed: [...menu.printed],
      items: menu.items
        .filter((item) => !item.dynamic)
        .map((item) => [
          item.id,
          saveAll(item.values),
          saveAll(item.base),
          item.handle ?? null,
          item.fixed ? 'f' : '',
        ]),
    })),
    ids: config.idCounters(),
  }
}

/** Puts a snapshot in the place of everything a configuration holds; history is forgotten. */
export function restoreSnapshot(config: RouterConfig, snapshot: ConfigSnapshot): void {
  config.clear(snapshot.ids)
  config.loadedVerbose = snapshot.loadedVerbose ?? false
  for (const saved of snapshot.menus) {
    const menu = config.ensureMenu(saved.path, saved.kind)
    menu.kind = saved.kind
    menu.completeInExport = saved.complete
    menu.isUsedUnseen = saved.used
    for (const mark of saved.printed) menu.printed.add(mark)
    for (const [id, values, base, handle, marks] of saved.items) {
      config.add(saved.path, {
        id,
        values: values.map(([name, value]) => [name, restore(value)] as const),
        base: base.map(([name, value]) => [name, restore(value)] as const),
        ...(handle === null ? {} : { handle }),
        fixed: marks.includes('f'),
      })
    }
  }
}

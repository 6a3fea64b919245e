import type { ConfigItem } from './config-item.js'
import type { ConfigMenu } from './config-menu.js'

/** The name under which other menus refer to an item; undefined when it has none. */
export function itemName(menu: ConfigMenu, item: ConfigItem): string | undefined {
  const name = menu.read(item, 'name')
  if (name !== undefined && name !== '') return name
  const handle = item.handle
  if (handle === undefined) return undefined
  if (handle.kind === 'name') return handle.name
  if (handle.kind === 'find' && (handle.property === 'default-name' || handle.property === 'name')) {
    return handle.value
  }
  return undefined
}

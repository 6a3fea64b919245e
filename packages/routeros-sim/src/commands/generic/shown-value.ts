import { formatBytes } from '../live-menus.js'

const SIZE_PROPERTIES = new Set(['free-memory', 'total-memory', 'free-hdd-space', 'total-hdd-space'])

/** Value as tables and lists show it. */
export function shownValue(menu: string, property: string, value: string): string {
  if (menu === '/system resource' && SIZE_PROPERTIES.has(property)) {
    return `${(Number(value) / 1024 / 1024).toFixed(1)}MiB`
  }
  if (menu === '/file' && property === 'size' && value !== '') return formatBytes(Number(value))
  return value
}

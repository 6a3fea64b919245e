import { printHandle } from '../export/export-tokens.js'
import { quoteValue } from '../export/quote-value.js'
import { FLAG, UNSET } from '../state/config-item.js'
import { exportCommands } from '../state/load-export.js'

/**
 * The same configuration written another way: terse, nothing wrapped, properties in another order, every value in
 * quotes. What a router would print of it must not depend on that.
 */
export function rewriteExport(text: string, random: () => number): string {
  const lines: string[] = []
  for (const { path, verb, handle, values } of exportCommands(text)) {
    const words = [...values].map(([name, value]) => {
      if (value === FLAG) return name
      return value === UNSET ? `!${name}` : `${name}=${quoteValue(value)}`
    })
    for (let i = words.length - 1; i > 0; i -= 1) {
      const j = Math.floor(random() * (i + 1))
      const swapped = words[i] ?? ''
      words[i] = words[j] ?? ''
      words[j] = swapped
    }
    lines.push([path, verb, ...(handle === undefined ? [] : [printHandle(handle)]), ...words].join(' '))
  }
  return `${lines.join('\n')}\n`
}

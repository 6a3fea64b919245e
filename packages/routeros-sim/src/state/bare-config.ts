import { versionNumbers } from '../export/export-header.js'
import { builtinItems } from './builtin-items.js'
import { type FactsLookup, RouterConfig } from './router-config.js'

/** The configuration of a router after a reset without defaults: built-in items only. */
export function bareConfig(facts: FactsLookup, version: string): RouterConfig {
  const config = new RouterConfig(facts, versionNumbers(version)[0])
  for (const [path, items] of builtinItems(...versionNumbers(version))) {
    for (const { handle, values } of items) {
      config.add(path, { handle, base: Object.entries(values), fixed: true })
    }
  }
  return config
}

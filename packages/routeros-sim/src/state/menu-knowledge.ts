import { menuFacts } from '@tod/rsc-parser'
import type { FactsLookup } from './router-config.js'

/** The fact tables as one major version has them. Menus that only the other version has are not found. */
export function factsFor(major: number): FactsLookup {
  return (path) => menuFacts(path, major)
}

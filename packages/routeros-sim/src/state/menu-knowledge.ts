import { menuFacts } from '@tod/rsc-parser'
import type { FactsLookup } from './router-config.js'

/** References that the tables lack: up to 6.40 a port named the one it was switched with, and waited for it in exports. */
const OWN_REFS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/interface ethernet': { 'master-port': '/interface ethernet' },
}

/** The fact tables as one major version has them. Menus that only the other version has are not found. */
export function factsFor(major: number): FactsLookup {
  const own = new Map(
    Object.entries(OWN_REFS).flatMap(([path, more]) => {
      const facts = menuFacts(path, major)
      return facts === undefined ? [] : [[path, { ...facts, refs: { ...facts.refs, ...more } }]]
    }),
  )
  return (path) => own.get(path) ?? menuFacts(path, major)
}

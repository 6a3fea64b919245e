import type { MenuFacts } from '../../facts/menu-facts.js'
import type { Rule } from '../rule.js'

/** A property that is one letter away from one the menu is known to have. */
export const noMisspelledProperty: Rule = {
  id: 'no-misspelled-property',
  category: 'syntax',
  summary: 'A property name looks like a misspelling of another one.',
  recommended: 'warn',
  security: 'off',
  *check({ document }) {
    for (const item of document.items) {
      const facts = document.menu(item.menu)?.facts
      if (facts === undefined) continue
      const known = knownProperties(facts)
      for (const property of item.properties.values()) {
        const { name } = property
        if (name.length < 5 || known.has(name) || /[.\d]/.test(name)) continue
        const meant = [...known].find((each) => isOneSlipAway(name, each) && !item.properties.has(each))
        if (meant === undefined) continue
        yield { range: property.nameRange, message: `Unknown property ${name}=; did you mean ${meant}=?` }
      }
    }
  },
}

const general = [
  'comment',
  'disabled',
  'address',
  'interface',
  'chain',
  'action',
  'protocol',
  'src-address',
  'dst-address',
  'src-port',
  'dst-port',
  'in-interface',
  'out-interface',
  'in-interface-list',
  'out-interface-list',
  'src-address-list',
  'dst-address-list',
  'connection-state',
  'connection-nat-state',
  'jump-target',
  'to-addresses',
  'to-ports',
  'log-prefix',
  'gateway',
  'distance',
  'routing-table',
  'network',
]

function knownProperties(facts: MenuFacts): ReadonlySet<string> {
  const isFirewall = facts.path.includes(' firewall ')
  const common = isFirewall ? general : ['comment', 'disabled']
  return new Set([
    ...common,
    ...Object.keys(facts.defaults),
    ...Object.keys(facts.refs),
    ...facts.keys.flat(),
    ...facts.required,
    ...facts.unset,
    ...facts.sensitive,
  ])
}

/** One letter too many, too few, wrong, or two swapped; plural and singular forms are both real names. */
function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || isPlural(a, b) || isPlural(b, a)) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const [restA, restB] = [a.slice(at), b.slice(at)]
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}

/** A word that ends in `s` has no plural by one more: `addres` is no singular of `address`. */
function isPlural(plural: string, word: string): boolean {
  return plural === `${word}s` && !word.endsWith('s')
}

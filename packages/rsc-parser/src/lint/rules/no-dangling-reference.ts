import { nameSpaceOf, referenceTargets } from '../../diff/references.js'
import type { LintSource } from '../lint-source.js'
import type { Rule } from '../rule.js'

/** References that are worth a finding: what they point to is always in a full export, and needed. */
const checked: readonly (readonly [menu: RegExp, properties: RegExp])[] = [
  [
    /^\/(ip|ipv6) address$|^\/ip dhcp-(client|server)$|^\/interface (vlan|vrrp|list member|bridge port)$/,
    /^(interface|bridge|list|address-pool)$/,
  ],
  [/^\/(ip|ipv6) firewall (filter|nat|mangle|raw)$/, /^(in|out)-interface(-list)?$/],
  [/^\/ppp (profile|secret)$/, /^(profile|local-address|remote-address|bridge)$/],
  [/^\/interface bridge (vlan)$/, /^bridge$/],
]

const keywords = new Set([
  'all',
  'none',
  'any',
  'static',
  'dynamic',
  'main',
  'default',
  'static-only',
  'bridge1',
  'lo',
])

/** A value that names something the export does not define. */
export const noDanglingReference: Rule = {
  id: 'no-dangling-reference',
  category: 'correctness',
  summary: 'A value names an interface, list, pool or profile that the configuration does not have.',
  recommended: 'warn',
  security: 'off',
  needsFullExport: true,
  *check(source) {
    const names = new Map<string, Set<string>>()
    for (const menu of source.view.menus) {
      const space = nameSpaceOf(menu)
      const known = names.get(space) ?? new Set<string>()
      names.set(space, known)
      for (const item of source.items(menu)) if (item.name !== undefined) known.add(item.name)
    }
    for (const [menu, properties] of checked) {
      for (const path of source.view.menus.filter((each) => menu.test(each))) {
        for (const item of source.items(path)) {
          const { facts } = item.state
          for (const [property, value] of item.values) {
            if (!properties.test(property)) continue
            const targets = referenceTargets(facts, property)
            const name = value.replace(/^!/, '')
            if (targets.length === 0 || isPlainOrKnown(name, targets, names, source)) continue
            yield {
              range: source.propertyRange(item, property),
              message: `${property}=${value}: nothing in ${targets.join(' or ')} is called "${name}" here; an import fails unless the device has it.`,
            }
          }
        }
      }
    }
  },
}

function isPlainOrKnown(
  name: string,
  targets: readonly string[],
  names: ReadonlyMap<string, ReadonlySet<string>>,
  source: LintSource,
): boolean {
  if (name === '' || keywords.has(name) || /^[*<]|^\(|[:,/]|^\d+\.\d/.test(name) || name.startsWith('all-'))
    return true
  if (targets.some((target) => names.get(target)?.has(name) === true)) return true
  // A bridge port may name an interface list, and hardware that is at its defaults is not stated.
  if (names.get('/interface list')?.has(name) === true) return true
  if (source.items('/ip vrf').some((item) => item.name === name)) return true
  return source.interfaces.get(name) !== undefined || source.interfaces.byKey(name)?.name === name
}

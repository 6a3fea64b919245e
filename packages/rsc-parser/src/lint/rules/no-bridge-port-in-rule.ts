import { allTables, chainsOf } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** A firewall rule that names a bridge port as interface. */
export const noBridgePortInRule: Rule = {
  id: 'no-bridge-port-in-rule',
  category: 'firewall',
  summary: 'A rule names a bridge port as in-interface or out-interface: it is not in force.',
  recommended: 'error',
  security: 'error',
  *check(source) {
    for (const menu of allTables) {
      for (const rules of chainsOf(source, menu).values()) {
        for (const rule of rules) {
          for (const property of ['in-interface', 'out-interface']) {
            const name = (rule.values.get(property) ?? '').replace(/^!/, '')
            const master = source.interfaces.masterOf(name)
            if (name === '' || master?.kind !== 'bridge') continue
            yield {
              range: source.propertyRange(rule, property),
              message: `${name} is a port of ${master.name}: packets come in by the bridge, and the device marks this rule invalid.`,
              related:
                master.port === undefined
                  ? []
                  : [{ range: source.rangeOf(master.port), message: 'The bridge port.' }],
            }
          }
        }
      }
    }
  },
}

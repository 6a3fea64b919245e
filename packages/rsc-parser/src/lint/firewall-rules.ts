import { isEnabled, propertyOf, type ViewItem } from '../impact/device-view.js'
import type { LintSource } from './lint-source.js'

/** The filter tables, IPv4 and IPv6. */
export const filterMenus: readonly string[] = ['/ip firewall filter', '/ipv6 firewall filter']
/** All firewall tables, IPv4 and IPv6. */
export const allTables: readonly string[] = [
  '/ip firewall filter',
  '/ip firewall nat',
  '/ip firewall mangle',
  '/ip firewall raw',
  '/ipv6 firewall filter',
  '/ipv6 firewall nat',
  '/ipv6 firewall mangle',
  '/ipv6 firewall raw',
]

/** Properties of a firewall rule that do not narrow what it matches. */
const notMatchers = new Set([
  'action',
  'address-list',
  'address-list-timeout',
  'chain',
  'comment',
  'copy-from',
  'disabled',
  'hw-offload',
  'jump-target',
  'log',
  'log-prefix',
  'passthrough',
  'place-before',
  'reject-with',
  'to-addresses',
  'to-ports',
  'randomise-ports',
])

/** What narrows a rule: property to value, without unset ones. */
export function matchersOf(rule: ViewItem): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of rule.values) {
    if (!notMatchers.has(name) && !name.startsWith('new-') && value !== '') found.set(name, value)
  }
  return found
}

/** What a rule does; `accept` when it does not say. */
export function actionOf(rule: ViewItem): string {
  return propertyOf(rule, 'action', 'accept')
}

/** True for an action behind which no later rule of the chain sees the packet. */
export function endsChain(rule: ViewItem): boolean {
  return (
    !['passthrough', 'log', 'jump', 'fasttrack-connection', 'notrack'].includes(actionOf(rule)) &&
    !/^(add|mark|change|set|strip)-|^sniff|^route$/.test(actionOf(rule))
  )
}

/** True for drop, reject and tarpit. */
export function refuses(rule: ViewItem): boolean {
  return ['drop', 'reject', 'tarpit'].includes(actionOf(rule))
}

/** Rules in force of a table by chain, in order. */
export function chainsOf(source: LintSource, menu: string): ReadonlyMap<string, readonly ViewItem[]> {
  const chains = new Map<string, ViewItem[]>()
  for (const rule of source.items(menu)) {
    if (!isEnabled(rule)) continue
    const chain = propertyOf(rule, 'chain')
    const known = chains.get(chain)
    if (known === undefined) chains.set(chain, [rule])
    else known.push(rule)
  }
  return chains
}

/** True for a refusal narrowed by nothing, or only by where packets come from. */
export function isCatchAll(rule: ViewItem): boolean {
  const names = [...matchersOf(rule).keys()]
  return (
    refuses(rule) &&
    names.every((name) =>
      /^(in-interface|in-interface-list|src-address-list|connection-state)$/.test(name),
    ) &&
    names.length <= 2 &&
    !isStateOnly(rule)
  )
}

function isStateOnly(rule: ViewItem): boolean {
  const state = matchersOf(rule).get('connection-state') ?? ''
  return state !== '' && !state.includes('new')
}

/** True when chain `input` refuses what no rule lets in, so that services are not open to everyone. */
export function isInputGuarded(source: LintSource): boolean {
  return (chainsOf(source, '/ip firewall filter').get('input') ?? []).some(isCatchAll)
}

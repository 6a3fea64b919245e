import { isEnabled, propertyOf, type ViewItem } from '../impact/device-view.js'
import { InnerInterfaces } from './inner-interfaces.js'
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

/** True for a rule behind which no later one of the chain sees a packet it matched. */
export function endsChain(rule: ViewItem): boolean {
  const action = actionOf(rule)
  if (/^(mark|change|set)-/.test(action)) return propertyOf(rule, 'passthrough', 'yes') === 'no'
  return (
    !['passthrough', 'log', 'jump', 'fasttrack-connection', 'notrack'].includes(action) &&
    !/^(add|strip)-|^sniff|^route$/.test(action)
  )
}

const listMatchers = ['src-address-list', 'dst-address-list']
const markMatchers = ['connection-mark', 'packet-mark', 'routing-mark']
const headerMatchers = ['dscp', 'ttl', 'tcp-mss', 'priority', 'ingress-priority', 'ipv4-options', 'hop-limit']

/** Matchers that may say something else about a packet once a rule has been at it, so that it may match later. */
export function changedMatchers(rule: ViewItem): readonly string[] {
  const action = actionOf(rule)
  if (action === 'jump') return [...listMatchers, ...markMatchers, ...headerMatchers]
  if (action.startsWith('add-')) return listMatchers
  if (action.startsWith('mark-')) return markMatchers
  return /^(change|set|strip)-/.test(action) ? headerMatchers : []
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

/** True when a rule looks at nothing but where packets come from, so that what it does, it does to all from there. */
function judgesByOriginOnly(rule: ViewItem, inner: InnerInterfaces): boolean {
  for (const [name, value] of matchersOf(rule)) {
    const isOrigin =
      name === 'in-interface' || name === 'in-interface-list'
        ? value.startsWith('!') || !inner.has(value)
        : name === 'src-address' || name === 'src-address-list'
          ? value.startsWith('!')
          : name === 'connection-state' && coversNew(value)
    if (!isOrigin) return false
  }
  return true
}

function coversNew(states: string): boolean {
  const hasNew = states.replace(/^!/, '').split(',').includes('new')
  return states.startsWith('!') ? !hasNew : hasNew
}

/**
 * True when chain `input` ends in a rule that refuses what comes from outside and no rule before let in, directly or
 * in a chain it jumps to.
 */
export function isInputGuarded(source: LintSource, menu = '/ip firewall filter'): boolean {
  return refusesTheRest(chainsOf(source, menu), 'input', new InnerInterfaces(source), new Set())
}

function refusesTheRest(
  chains: ReadonlyMap<string, readonly ViewItem[]>,
  chain: string,
  inner: InnerInterfaces,
  visited: Set<string>,
): boolean {
  if (visited.has(chain)) return false
  visited.add(chain)
  for (const rule of chains.get(chain) ?? []) {
    const action = actionOf(rule)
    const takesAll = matchersOf(rule).size === 0
    if (takesAll && (action === 'accept' || action === 'return')) return false
    if (!judgesByOriginOnly(rule, inner)) continue
    if (refuses(rule)) return true
    if (action === 'jump' && refusesTheRest(chains, propertyOf(rule, 'jump-target'), inner, visited))
      return true
  }
  return false
}

import { coversVlan } from '../../impact/arrival.js'
import { listOf, propertyOf, type ViewItem } from '../../impact/device-view.js'
import type { LintSource } from '../lint-source.js'
import type { Report, Rule } from '../rule.js'

/** The same VLAN id twice on one interface or bridge port. */
export const duplicateVlan: Rule = {
  id: 'duplicate-vlan',
  category: 'correctness',
  summary: 'The same VLAN id twice on one interface or bridge port.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    const seen = new Map<string, ViewItem>()
    for (const item of source.items('/interface vlan')) {
      const key = `${propertyOf(item, 'interface')} ${propertyOf(item, 'vlan-id', '1')} ${propertyOf(item, 'use-service-tag', 'no')}`
      const first = seen.get(key)
      if (first === undefined || !source.isKeptUntil(first, item)) seen.set(key, item)
      else {
        yield {
          range: source.propertyRange(item, 'vlan-id'),
          message: `VLAN ${propertyOf(item, 'vlan-id', '1')} is on ${propertyOf(item, 'interface')} already, as ${first.name}.`,
          related: [{ range: source.rangeOf(first), message: 'The first VLAN interface.' }],
        }
      }
    }
    yield* onBridgePorts(source)
  },
}

/** Rows of the bridge VLAN table that give one port one VLAN twice. */
function* onBridgePorts(source: LintSource): Iterable<Report> {
  const rowsOf = new Map<string, ViewItem[]>()
  for (const row of source.enabled('/interface bridge vlan')) {
    const vlanIds = propertyOf(row, 'vlan-ids')
    const ports = [...listOf(propertyOf(row, 'tagged')), ...listOf(propertyOf(row, 'untagged'))]
    for (const port of new Set(ports)) {
      const key = `${propertyOf(row, 'bridge')}\0${port}`
      const rows = rowsOf.get(key) ?? []
      rowsOf.set(key, rows)
      const first = rows.find(
        (each) => shareVlan(propertyOf(each, 'vlan-ids'), vlanIds) && source.isKeptUntil(each, row),
      )
      rows.push(row)
      if (first === undefined) continue
      yield {
        range: source.propertyRange(row, 'vlan-ids'),
        message: `${port} has VLAN ${propertyOf(first, 'vlan-ids')} by another row already: only one of them can say whether it is tagged.`,
        related: [{ range: source.rangeOf(first), message: 'The first row.' }],
      }
      break
    }
  }
}

/** Two lists of numbers and ranges overlap when one of them holds the beginning of an element of the other. */
function shareVlan(first: string, second: string): boolean {
  const startsIn = (inner: string, outer: string): boolean =>
    listOf(inner).some((element) => coversVlan(outer, Number(element.split('-')[0])))
  return startsIn(first, second) || startsIn(second, first)
}

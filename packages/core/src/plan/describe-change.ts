import { type Change, displayText, type PropertyChange, type StateItem } from '@tod/rsc-parser'
import type { ResidualChange } from '../model/push-operation.js'
import { maskSecrets, secretMask } from './mask-secrets.js'

/** One property of a change, for people; secrets masked. */
export interface DescribedProperty {
  readonly name: string
  /** Null: the default of the device, or nothing. */
  readonly before: string | null
  readonly after: string | null
}

/** One semantic change, for people and for the wire; secrets masked. */
export interface DescribedChange {
  readonly menu: string
  readonly kind: Change['kind']
  /** Tells the item from others of its menu. */
  readonly label: string
  readonly properties: readonly DescribedProperty[]
}

/** Longer values are cut for display. */
const longestValue = 200

/** Describes a change with every secret masked. @param secrets from `secretsOf`, for labels made of values. */
export function describeChange(change: Change, secrets: readonly string[]): DescribedChange {
  const { menu, kind } = change
  const label = maskSecrets(displayText(change.label), secrets)
  return { menu, kind, label, properties: propertiesOf(change) }
}

/** A change as it is reported for a push that did not converge. */
export function toResidual(change: Change, secrets: readonly string[]): ResidualChange {
  const { menu, kind, label, properties } = describeChange(change, secrets)
  const names = kind === 'modified' ? `: ${properties.map((property) => property.name).join(', ')}` : ''
  return { menu, kind, summary: `${label}${names}` }
}

function propertiesOf(change: Change): readonly DescribedProperty[] {
  switch (change.kind) {
    case 'added':
      return itemProperties(change.to).map(({ name, value }) => ({ name, before: null, after: value }))
    case 'removed':
      return itemProperties(change.from).map(({ name, value }) => ({ name, before: value, after: null }))
    case 'modified':
      return change.properties.map((property) => describeProperty(property, change.to ?? change.from))
    case 'moved':
      return []
  }
}

function itemProperties(item: StateItem): readonly { readonly name: string; readonly value: string }[] {
  return [...item.properties.values()].map((property) => ({
    name: property.name,
    value: shown(item, property.name, property.state === 'set' ? property.value : property.state),
  }))
}

function describeProperty(property: PropertyChange, item: StateItem | undefined): DescribedProperty {
  const side = (value: PropertyChange['before']) =>
    value === undefined ? null : shown(item, property.name, value.state === 'set' ? value.value : value.state)
  return { name: property.name, before: side(property.before), after: side(property.after) }
}

function shown(item: StateItem | undefined, name: string, value: string): string {
  const isSecret =
    item?.facts?.sensitive.includes(name) === true || item?.facts?.sensitiveSoft.includes(name) === true
  if (isSecret && value !== '') return secretMask
  const text = displayText(value)
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}

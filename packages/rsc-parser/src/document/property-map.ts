import type { PropertyValue } from './property-value.js'

/** Above this many properties a hash index pays. */
const indexThreshold = 16

/**
 * The properties of an item by name, in order. Items have few properties and documents have many items, so this
 * keeps one array and searches it; only an item with very many properties gets a hash index.
 */
export class PropertyMap implements ReadonlyMap<string, PropertyValue> {
  readonly #list: PropertyValue[] = []
  #index: Map<string, number> | undefined

  get size(): number {
    return this.#list.length
  }

  get(name: string): PropertyValue | undefined {
    return this.#list[this.#indexOf(name)]
  }

  has(name: string): boolean {
    return this.#indexOf(name) >= 0
  }

  /** Adds a property, or replaces the one of that name in its place. Returns false when it was there before. */
  put(property: PropertyValue): boolean {
    const at = this.#indexOf(property.name)
    if (at >= 0) {
      this.#list[at] = property
      return false
    }
    this.#index?.set(property.name, this.#list.length)
    this.#list.push(property)
    if (this.#index === undefined && this.#list.length > indexThreshold) {
      this.#index = new Map(this.#list.map(({ name }, index) => [name, index]))
    }
    return true
  }

  forEach(visit: (value: PropertyValue, key: string, map: ReadonlyMap<string, PropertyValue>) => void): void {
    for (const property of this.#list) visit(property, property.name, this)
  }

  *keys(): MapIterator<string> {
    for (const property of this.#list) yield property.name
  }

  values(): MapIterator<PropertyValue> {
    return this.#list.values()
  }

  *entries(): MapIterator<[string, PropertyValue]> {
    for (const property of this.#list) yield [property.name, property]
  }

  [Symbol.iterator](): MapIterator<[string, PropertyValue]> {
    return this.entries()
  }

  #indexOf(name: string): number {
    if (this.#index !== undefined) return this.#index.get(name) ?? -1
    for (let i = 0; i < this.#list.length; i++) if (this.#list[i]?.name === name) return i
    return -1
  }
}

/** A property that keeps its ranges as four numbers and makes the objects when asked. */
export class ParsedProperty implements PropertyValue {
  readonly name: string
  readonly state: 'set' | 'unset' | 'flag'
  readonly value: string
  readonly constant: boolean
  readonly #nameStart: number
  readonly #nameEnd: number
  readonly #valueStart: number
  readonly #valueEnd: number

  constructor(
    name: string,
    state: 'set' | 'unset' | 'flag',
    value: string,
    constant: boolean,
    nameStart: number,
    nameEnd: number,
    valueStart: number,
    valueEnd: number,
  ) {
    this.name = name
    this.state = state
    this.value = value
    this.constant = constant
    this.#nameStart = nameStart
    this.#nameEnd = nameEnd
    this.#valueStart = valueStart
    this.#valueEnd = valueEnd
  }

  get nameRange(): { readonly start: number; readonly end: number } {
    return { start: this.#nameStart, end: this.#nameEnd }
  }

  get valueRange(): { readonly start: number; readonly end: number } {
    return { start: this.#valueStart, end: this.#valueEnd }
  }
}

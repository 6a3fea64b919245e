import type { Item, RscDocument, Selector } from '../../src/index.js'
import { menuFacts, significantProperties } from '../../src/index.js'

/** What a property of a reference item holds: a byte string, presence, or explicit absence. */
type Stored = { readonly state: 'set' | 'unset' | 'flag'; readonly value: string }

interface ReferenceItem {
  readonly id: number
  /** How an export addresses a built-in entry; absent for added items. */
  readonly handle?: readonly (readonly [name: string, value: string])[]
  readonly selector?: Selector
  readonly properties: Map<string, Stored>
}

/**
 * Runs plan scripts on items in menus, nothing of a router: it reads the text of the script by itself, shares no code
 * with the planner, and refuses every line it does not know. A rename is followed by what refers to the item.
 */
export class ReferenceRouter {
  readonly menus = new Map<string, ReferenceItem[]>()
  readonly #major: number
  readonly #variables = new Map<string, readonly number[]>()
  #ids = 0

  /** `alsoHas`: the target, for the built-in entries that only it states. */
  constructor(document: RscDocument, alsoHas?: RscDocument) {
    this.#major = document.header.major
    for (const item of document.items) this.#load(item, true)
    for (const item of alsoHas?.items ?? []) if (item.verb === 'set') this.#load(item, false)
  }

  #load(item: Item, withProperties: boolean): void {
    const menu = this.#menu(item.menu)
    let target: ReferenceItem | undefined
    if (item.verb === 'set') {
      const handle = handleOf(item)
      const named = handle.length === 1 && handle[0]?.[0] === 'name' ? handle[0][1] : undefined
      target = menu.find(
        (each) =>
          (each.handle !== undefined &&
            sameHandle(each.handle, handle) &&
            !(withProperties && isAnother(each, item))) ||
          (each.handle === undefined && named !== undefined && each.properties.get('name')?.value === named),
      )
      if (target === undefined) {
        const { selector } = item
        target = {
          id: ++this.#ids,
          handle,
          ...(selector === undefined ? {} : { selector }),
          properties: new Map(),
        }
        menu.push(target)
      }
    } else {
      target = { id: ++this.#ids, properties: new Map() }
      menu.push(target)
    }
    if (!withProperties) return
    for (const [name, { state, value }] of item.properties) target.properties.set(name, { state, value })
  }

  #menu(path: string): ReferenceItem[] {
    let menu = this.menus.get(path)
    if (menu === undefined) {
      menu = []
      this.menus.set(path, menu)
    }
    return menu
  }

  /** Runs a whole script; `after` is called after each line that changed something. Throws on `:error`. */
  run(script: string, after?: (line: string) => void): void {
    for (const line of script.split('\n')) {
      if (line === '' || line.startsWith('#')) continue
      if (this.#runLine(line)) after?.(line)
    }
  }

  #runLine(line: string): boolean {
    const check = /^:if \(\[:len (\[.*?\]|\$\w+)\] (!=|<=) (\d+)\) do=\{:error ("(?:[^"\\]|\\.)*")\}$/.exec(
      line,
    )
    if (check !== null) {
      const [, subject = '', operator, count, message] = check
      const { length } = subject.startsWith('$') ? this.#variable(subject) : this.#evaluate(subject)
      if (operator === '!=' ? length !== Number(count) : length <= Number(count))
        throw new Error(`:error ${message}`)
      return false
    }
    const witness =
      /^:if \(\[:tostr \[(\/.*) get (\$\w+) (\S+)\]\] != ("(?:[^"\\]|\\.)*")\) do=\{:error (.*)\}$/.exec(line)
    if (witness !== null) {
      const [, menu = '', variable = '', property = '', value = '', message] = witness
      const item = this.#one(menu, variable)
      if (item.properties.get(property)?.value !== decode(value)) throw new Error(`:error ${message}`)
      return false
    }
    const picked = /^:local (\w+) \[:pick (\$\w+) (\d+)\]$/.exec(line)
    if (picked !== null) {
      const id = this.#variable(picked[2] ?? '')[Number(picked[3])]
      this.#variables.set(`$${picked[1]}`, id === undefined ? [] : [id])
      return false
    }
    const local = /^:local (\w+) (\[.*\])$/.exec(line)
    if (local !== null) {
      const before = this.#ids
      this.#variables.set(`$${local[1]}`, this.#evaluate(local[2] ?? ''))
      return this.#ids !== before
    }
    this.#command(line)
    return true
  }

  #variable(name: string): readonly number[] {
    const ids = this.#variables.get(name)
    if (ids === undefined) throw new Error(`unknown variable ${name}`)
    return ids
  }

  #evaluate(bracket: string): readonly number[] {
    return this.#command(bracket.slice(1, -1))
  }

  #command(text: string): readonly number[] {
    const words = splitWords(text)
    const at = words.findIndex((word) => verbs.has(word))
    const path = words.slice(0, at).join(' ')
    const rest = words.slice(at + 1)
    if (!path.startsWith('/') || at < 1) throw new Error(`not understood: ${text}`)
    switch (words[at]) {
      case 'find':
        return this.#find(path, rest)
      case 'add':
        return [this.#add(path, rest)]
      case 'set':
        this.#set(path, rest)
        return []
      case 'remove': {
        const menu = this.#menu(path)
        const item = this.#one(path, rest[0] ?? '')
        if (item.handle !== undefined) throw new Error(`cannot remove a built-in entry: ${text}`)
        menu.splice(menu.indexOf(item), 1)
        return []
      }
      default: {
        const menu = this.#menu(path)
        const item = this.#one(path, rest[0] ?? '')
        const target = rest[1]?.startsWith('destination=') ? this.#one(path, rest[1].slice(12)) : undefined
        menu.splice(menu.indexOf(item), 1)
        menu.splice(target === undefined ? menu.length : menu.indexOf(target), 0, item)
        return []
      }
    }
  }

  #one(path: string, word: string): ReferenceItem {
    const menu = this.#menu(path)
    if (word.startsWith('*')) {
      const found = menu.find((item) =>
        item.handle?.some(([name, value]) => name === '.id' && value === word),
      )
      if (found !== undefined) return found
    }
    const ids = this.#variable(word)
    const item = menu.find((each) => each.id === ids[0])
    if (item === undefined || ids.length !== 1) throw new Error(`no such item: ${path} ${word}`)
    return item
  }

  #find(path: string, words: readonly string[]): readonly number[] {
    const conditions = words.map(splitArgument).filter(([name]) => name !== 'dynamic')
    const menu = this.#menu(path)
    if (conditions.length > 0) {
      return menu
        .filter((item) =>
          conditions.every(
            ([name, value]) =>
              asShown(path, name, item.properties.get(name)?.value) === value ||
              (item.handle?.some(([key, text]) => key === name && text === value) ?? false),
          ),
        )
        .map((item) => item.id)
    }
    const numbered: number[] = []
    const others: number[] = []
    for (const item of menu) {
      const number = item.handle?.find(([name]) => name === 'numbers')?.[1]
      if (number === undefined) others.push(item.id)
      else numbered[Number(number)] = item.id
    }
    return [...Array.from(numbered, (id) => id ?? 0), ...others]
  }

  #add(path: string, words: readonly string[]): number {
    const properties = new Map<string, Stored>()
    let before: ReferenceItem | undefined
    for (const word of words) {
      if (word.startsWith('place-before=')) before = this.#one(path, word.slice(13))
      else store(properties, word)
    }
    const item = { id: ++this.#ids, properties }
    const menu = this.#menu(path)
    const name = properties.get('name')?.value
    const isNamed = menuFacts(path, this.#major)?.keys[0]?.join() === 'name'
    if (isNamed && menu.some((each) => each.properties.get('name')?.value === name)) {
      throw new Error(`already have such name: ${path} ${name}`)
    }
    menu.splice(before === undefined ? menu.length : menu.indexOf(before), 0, item)
    return item.id
  }

  #set(path: string, words: readonly string[]): void {
    const menu = this.#menu(path)
    const isSelected = words[0]?.startsWith('$') || words[0]?.startsWith('*')
    let item: ReferenceItem | undefined
    if (isSelected) item = this.#one(path, words[0] ?? '')
    else {
      item = menu.find((each) => each.handle?.length === 0)
      if (item === undefined) throw new Error(`set without an item: ${path}`)
    }
    const before = nameOf(item)
    for (const word of isSelected ? words.slice(1) : words) store(item.properties, word)
    const after = nameOf(item)
    if (before !== undefined && after !== undefined && before !== after) {
      const isNamed = menuFacts(path, this.#major)?.keys.some((key) => key.join() === 'name')
      const isTaken = menu.some((each) => each !== item && nameOf(each) === after)
      if (isNamed && isTaken) throw new Error(`already have such name: ${path} ${after}`)
      this.#follow(path, before, after)
    }
  }

  #follow(path: string, before: string, after: string): void {
    const isInterface = interfacePath.test(path)
    for (const [menu, items] of this.menus) {
      for (const [property, target] of Object.entries(menuFacts(menu, this.#major)?.refs ?? {})) {
        const targets = target.split('|').filter((each) => !each.includes(':') && each !== '/system script')
        const at = targets.findIndex((each) => each === path || (isInterface && interfacePath.test(each)))
        // A list of interfaces and an interface may have one name: the value means what comes first.
        const isShadowed = targets
          .slice(0, Math.max(at, 0))
          .some((each) => each === '/interface' && this.#hasInterface(before))
        const fits = at >= 0 && !isShadowed
        if (!fits) continue
        for (const item of items) {
          const stored = item.properties.get(property)
          if (stored?.state !== 'set') continue
          const value = stored.value
            .split(path === '/queue type' ? /([,!/])/ : /([,!%@])/)
            .map((part) => (part === before ? after : part))
            .join('')
          if (value !== stored.value) item.properties.set(property, { state: 'set', value })
        }
      }
    }
  }

  #hasInterface(name: string): boolean {
    return [...this.menus].some(
      ([path, items]) => interfacePath.test(path) && items.some((item) => nameOf(item) === name),
    )
  }

  /** Comparable text of all menus: lines sorted unless the order of the menu has a meaning. */
  summary(
    leaveOut: (menu: string, property: string, value: string) => boolean = () => false,
  ): Map<string, string[]> {
    const result = new Map<string, string[]>()
    for (const [path, items] of this.menus) {
      const facts = menuFacts(path, this.#major)
      const lines: [scope: string, line: string][] = []
      for (const item of items) {
        const nowhere = { start: 0, end: 0 }
        const properties = new Map(
          [...item.properties].map(([name, { state, value }]) => [
            name,
            { name, state, value, constant: true, nameRange: nowhere, valueRange: nowhere },
          ]),
        )
        const { selector } = item
        const values = significantProperties(
          { menu: path, properties, ...(selector === undefined ? {} : { selector }) },
          this.#major,
        )
        const parts = [...values]
          .filter(([name, value]) => !leaveOut(path, name, value) && !(name === 'comment' && value === ''))
          .filter(
            ([name, value]) =>
              !(
                name === 'name' &&
                item.handle?.some(([key, text]) => key === 'default-name' && text === value)
              ),
          )
          .map(([name, value]) => `${name}=${value}`)
          .sort()
        if (item.handle !== undefined && parts.length === 0) continue
        const handle =
          item.handle === undefined ? '' : `[${item.handle.map((pair) => pair.join('=')).join(' ')}] `
        const scope = (facts?.orderScope ?? []).map((name) => values.get(name) ?? '').join()
        lines.push([scope, handle + parts.join(' ')])
      }
      if (lines.length === 0) continue
      if (facts?.orderEffect === 'first-match') {
        const scopes = [...new Set(lines.map(([scope]) => scope))].sort()
        result.set(
          path,
          scopes.flatMap((scope) => lines.filter((line) => line[0] === scope).map((line) => line[1])),
        )
      } else result.set(path, lines.map((line) => line[1]).sort())
    }
    return result
  }
}

/** A device shows the length of each address. */
function asShown(path: string, name: string, value: string | undefined): string | undefined {
  if (name !== 'address' || value === undefined || value.includes('/')) return value
  if (path === '/ip address') return `${value}/32`
  return path === '/ipv6 address' ? `${value}/64` : value
}

const interfacePath = /^\/interface( (?!list)[a-z0-9-]+)?$/
const verbs = new Set(['find', 'add', 'set', 'remove', 'move'])

function nameOf(item: ReferenceItem): string | undefined {
  return (
    item.properties.get('name')?.value ??
    item.handle?.find(([name]) => name === 'name' || name === 'default-name')?.[1]
  )
}

function handleOf(item: Item): readonly (readonly [string, string])[] {
  const { selector } = item
  switch (selector?.kind) {
    case undefined:
      return []
    case 'name':
      return [['name', selector.name]]
    case 'numbers':
      return [['numbers', selector.numbers.join(',')]]
    case 'id':
      return [['.id', selector.id]]
    case 'find':
      return selector.conditions.map(({ name, value }) => [name, value])
    case 'other':
      return [['other', selector.text]]
  }
}

function sameHandle(
  first: readonly (readonly [string, string])[],
  second: readonly (readonly [string, string])[],
): boolean {
  return JSON.stringify(first) === JSON.stringify(second)
}

function isAnother(known: ReferenceItem, item: Item): boolean {
  return ['name', 'mac-address'].some((name) => {
    const first = known.properties.get(name)?.value
    const second = item.properties.get(name)?.value
    return item.selector?.kind === 'find' && first !== undefined && second !== undefined && first !== second
  })
}

function store(properties: Map<string, Stored>, word: string): void {
  if (word.startsWith('!')) {
    properties.set(word.slice(1), { state: 'unset', value: '' })
    return
  }
  if (!word.includes('=')) {
    properties.set(word, { state: 'flag', value: '' })
    return
  }
  const [name, value] = splitArgument(word)
  properties.set(name, { state: 'set', value })
}

function splitArgument(word: string): readonly [name: string, value: string] {
  const cut = word.indexOf('=')
  const value = word.slice(cut + 1)
  return [word.slice(0, cut), value.startsWith('"') ? decode(value) : value]
}

/** Words parted by blanks outside quotes. */
function splitWords(text: string): string[] {
  const words: string[] = []
  let word = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (isQuoted && character === '\\') {
      word += character + text[++at]
      continue
    }
    if (character === '"') isQuoted = !isQuoted
    if (character === ' ' && !isQuoted) {
      if (word !== '') words.push(word)
      word = ''
    } else word += character
  }
  if (isQuoted) throw new Error(`open quote: ${text}`)
  if (word !== '') words.push(word)
  return words
}

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  _: ' ',
  '"': '"',
  '\\': '\\',
  $: '$',
  '?': '?',
}

function decode(quoted: string): string {
  if (!/^".*"$/s.test(quoted)) throw new Error(`not quoted: ${quoted}`)
  return quoted.slice(1, -1).replace(/\\([0-9A-F]{2}|.)/gs, (_, code: string) => {
    const letter = letters[code]
    if (letter !== undefined) return letter
    if (/^[0-9A-F]{2}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 16))
    throw new Error(`unknown escape \\${code}`)
  })
}

import type { MenuPath } from '../document/menu-path.js'
import { allMenuPaths, menuFacts } from '../facts/menu-table.js'

/** Words that are a secret in one menu and something else in most others. */
const ambiguous = new Set(['key', 'name', 'value', 'secrets', 'environment', 'address', 'user'])

/** Whether a property holds a secret: by the menu's facts, or for an unknown menu by a name that is one elsewhere. */
export function isSecret(menu: MenuPath, property: string): boolean {
  const facts = menuFacts(menu)
  return facts === undefined
    ? isSecretName(property)
    : facts.sensitive.includes(property) || isPassword(property)
}

/** Whether an argument of some command holds a secret, judged by its name alone. */
export function isSecretName(name: string): boolean {
  secretNames ??= collectNames()
  return secretNames.has(name) || isPassword(name)
}

/** Last words of variable names that are a secret's: `wifiPassword`, `bot-token`, `pw`. */
const secretWords = new Set([
  'apikey',
  'pass',
  'passphrase',
  'passwd',
  'password',
  'psk',
  'pw',
  'pwd',
  'secret',
  'token',
])

/** Whether a variable of a script is named like a secret. */
export function isSecretVariable(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4')
    .toLowerCase()
    .split(/[\s_-]+/)
  return secretWords.has(words.at(-1) ?? '') || secretWords.has(words.slice(-2).join(''))
}

let secretNames: ReadonlySet<string> | undefined

function isPassword(name: string): boolean {
  return /(?:^|[-.])(?:password|passphrase|secret)$/.test(name)
}

function collectNames(): ReadonlySet<string> {
  const names = new Set<string>()
  for (const path of allMenuPaths()) {
    for (const name of menuFacts(path)?.sensitive ?? []) if (!ambiguous.has(name)) names.add(name)
  }
  return names
}

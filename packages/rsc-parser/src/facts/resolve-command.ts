import { type MenuPath, parentMenu } from '../document/menu-path.js'
import {
  childDirectory,
  completeVerb,
  hasChildDirectory,
  isDirectory,
  isRootCommand,
  isStandardVerb,
  isVerb,
} from './command-table.js'

/** What the leading words of a command mean. */
export interface ResolvedCommand {
  /** Menu the command works in; for a line that is only a path, the menu it opens. */
  readonly menu: MenuPath
  /** The verb in full; empty for a line that is only a path. Root commands have it without the colon: `put`. */
  readonly verb: string
  /** How many of the head words path and verb take up; the rest are arguments. */
  readonly used: number
  /** The path is in the menu tree. When false, the split is a guess: words up to the first standard verb. */
  readonly knownMenu: boolean
  /** The verb is one the menu is known to have. */
  readonly knownVerb: boolean
  /** Written with a colon, or a root command: works the same in each menu. */
  readonly root: boolean
}

/**
 * Splits the head words of a command into path, verb and the rest: longest known directory, then the verb.
 * Words may hold slashes (`/ip/address/add`), be `..`, or be unambiguous beginnings (`/ip fi fil pr`).
 *
 * @param words head words as written; the first begins with `/` for an absolute path.
 * @param currentMenu menu in force, canonical.
 * @param isWholeLine the statement has nothing but these words: then an absolute path that is not known is taken
 * for a menu of a version or device not known here, not for a command.
 */
export function resolveCommand(
  words: readonly string[],
  currentMenu: MenuPath,
  isWholeLine = false,
): ResolvedCommand {
  const first = words[0] ?? ''
  if (words.length === 1 && isStandardVerb(first) && !hasChildDirectory(currentMenu, first)) {
    // The line of an export: a verb, and everything else is `name=value`.
    const knownMenu = isDirectory(currentMenu)
    return { menu: currentMenu, verb: first, used: 1, knownMenu, knownVerb: true, root: currentMenu === '/' }
  }
  if (first.startsWith(':')) return resolveColon(words, currentMenu)
  let menu: MenuPath = first.startsWith('/') ? '/' : currentMenu
  let moved = first.startsWith('/')
  const opensMenu = isWholeLine && moved
  for (let index = 0; index < words.length; index++) {
    const parts = (words[index] ?? '').split('/').filter((part) => part !== '')
    for (let part = 0; part < parts.length; part++) {
      const word = parts[part] ?? ''
      const isLast = part === parts.length - 1
      if (word === '..') {
        menu = parentMenu(menu)
        moved = true
        continue
      }
      const next = nextDirectory(menu, word)
      if (next !== undefined) {
        menu = next
        moved = true
        continue
      }
      const rest = isLast ? words.slice(index + 1) : []
      const resolved = resolveVerb(menu, word, index + 1, rest, parts.slice(part), words, moved)
      if (resolved.knownVerb || !opensMenu) return resolved
      return unknownHeading(menu, [...parts.slice(part), ...words.slice(index + 1)], words.length) ?? resolved
    }
  }
  return { menu, verb: '', used: words.length, knownMenu: isDirectory(menu), knownVerb: true, root: false }
}

function nextDirectory(menu: MenuPath, word: string): MenuPath | undefined {
  if (hasChildDirectory(menu, word)) return childDirectory(menu, word)
  // A word that is a verb in full is never a shortened directory.
  return isVerb(menu, word) ? undefined : childDirectory(menu, word)
}

function resolveVerb(
  menu: MenuPath,
  word: string,
  used: number,
  rest: readonly string[],
  parts: readonly string[],
  words: readonly string[],
  moved: boolean,
): ResolvedCommand {
  if (isVerb(menu, word))
    return { menu, verb: word, used, knownMenu: true, knownVerb: true, root: menu === '/' }
  if (!moved && isRootCommand(word)) {
    return { menu, verb: word, used, knownMenu: true, knownVerb: true, root: true }
  }
  const unknown = unknownMenu(menu, word, used, rest, parts, words)
  if (unknown !== undefined) return unknown
  const verb = completeVerb(word)
  if (verb !== undefined && isDirectory(menu)) {
    return { menu, verb, used, knownMenu: true, knownVerb: true, root: false }
  }
  return { menu, verb: word, used, knownMenu: isDirectory(menu), knownVerb: false, root: false }
}

/** A menu that is in no table: the words up to the first standard verb, or all of them on a line with nothing else. */
function unknownMenu(
  menu: MenuPath,
  word: string,
  used: number,
  rest: readonly string[],
  parts: readonly string[],
  words: readonly string[],
): ResolvedCommand | undefined {
  if (!(words[0] ?? '').startsWith('/')) return undefined
  const tail = [...(parts.length > 1 ? parts : [word]), ...rest]
  const at = tail.findIndex((candidate) => isStandardVerb(candidate))
  if (at <= 0) return undefined
  const path = [menu === '/' ? '' : menu, ...tail.slice(0, at)].join(' ').trim()
  return {
    menu: path.startsWith('/') ? path : `/${path}`,
    verb: tail[at] ?? '',
    used: parts.length > 1 ? used : used + at,
    knownMenu: false,
    knownVerb: true,
    root: false,
  }
}

/** A line like the heading of a section, of a menu that is in no table. */
function unknownHeading(menu: MenuPath, rest: readonly string[], used: number): ResolvedCommand | undefined {
  if (!rest.every((word) => /^[a-z][a-z0-9-]*$/.test(word))) return undefined
  const path = `${menu === '/' ? '' : menu} ${rest.join(' ')}`.trim()
  return {
    menu: path.startsWith('/') ? path : `/${path}`,
    verb: '',
    used,
    knownMenu: false,
    knownVerb: true,
    root: false,
  }
}

function resolveColon(words: readonly string[], currentMenu: MenuPath): ResolvedCommand {
  const isSeparate = words[0] === ':'
  const name = isSeparate ? (words[1] ?? '') : (words[0] ?? '').slice(1)
  const used = isSeparate ? Math.min(2, words.length) : 1
  if (isRootCommand(name)) {
    return { menu: currentMenu, verb: name, used, knownMenu: true, knownVerb: true, root: true }
  }
  // `:ip address add` works from the root, as `/ip address add` does.
  const path = resolveCommand([`/${name}`, ...words.slice(used)], currentMenu)
  return { ...path, used: path.used + used - 1, root: path.root || path.menu === '/' }
}

import { type MenuPath, menuPathWords } from '../document/menu-path.js'
import { commandTableJson } from './command-table.generated.js'
import { allMenuPaths } from './menu-table.js'

interface CommandTable {
  readonly standard: readonly string[]
  readonly unusual: Readonly<Record<string, readonly MenuPath[]>>
  readonly root: readonly string[]
  readonly directories: readonly MenuPath[]
}

/** A directory of the menu tree: its directories below by word. */
interface Directory {
  readonly path: MenuPath
  readonly children: Map<string, Directory>
}

let table: CommandTable | undefined
let rootDirectory: Directory | undefined
const directoriesByPath = new Map<MenuPath, Directory>()
let standardVerbs: ReadonlySet<string> | undefined
let rootVerbs: ReadonlySet<string> | undefined

function commandTable(): CommandTable {
  table ??= JSON.parse(commandTableJson) as CommandTable
  return table
}

function root(): Directory {
  if (rootDirectory !== undefined) return rootDirectory
  rootDirectory = { path: '/', children: new Map() }
  for (const path of [...commandTable().directories, ...allMenuPaths()]) {
    let directory = rootDirectory
    for (const word of menuPathWords(path)) {
      let child = directory.children.get(word)
      if (child === undefined) {
        child = {
          path: directory.path === '/' ? `/${word}` : `${directory.path} ${word}`,
          children: new Map(),
        }
        directory.children.set(word, child)
        directoriesByPath.set(child.path, child)
      }
      directory = child
    }
  }
  return rootDirectory
}

function directoryAt(path: MenuPath): Directory | undefined {
  const top = root()
  return path === '/' ? top : directoriesByPath.get(path)
}

/** Whether a canonical path is a directory of the menu tree of any known version, with items or without. */
export function isDirectory(path: MenuPath): boolean {
  return directoryAt(path) !== undefined
}

/** The directory below a directory that a word names, in full or as an unambiguous beginning. */
export function childDirectory(path: MenuPath, word: string): MenuPath | undefined {
  const directory = directoryAt(path)
  const exact = directory?.children.get(word)
  if (exact !== undefined || directory === undefined || word === '') return exact?.path
  let found: Directory | undefined
  for (const [name, child] of directory.children) {
    if (!name.startsWith(word)) continue
    if (found !== undefined) return undefined
    found = child
  }
  return found?.path
}

/** Whether a directory has a directory of exactly this name. */
export function hasChildDirectory(path: MenuPath, word: string): boolean {
  return directoryAt(path)?.children.has(word) ?? false
}

/** Whether a word is a verb that 25 menus or more have: `add`, `set`, `print`, ... */
export function isStandardVerb(word: string): boolean {
  standardVerbs ??= new Set(commandTable().standard)
  return standardVerbs.has(word)
}

/** Whether a word is a verb in a menu: a standard one, one of that menu's own, or a root command at the root. */
export function isVerb(menu: MenuPath, word: string): boolean {
  if (isStandardVerb(word)) return true
  if (menu === '/') return isRootCommand(word)
  const menus = commandTable().unusual[word]
  return Array.isArray(menus) && menus.includes(menu)
}

/** Whether a word is a command of the root menu: `put`, `if`, `import`, `ping`, ... */
export function isRootCommand(word: string): boolean {
  rootVerbs ??= new Set(commandTable().root)
  return rootVerbs.has(word)
}

/** The standard verb a word begins unambiguously, such as `pr` for `print`; the word itself when it is one. */
export function completeVerb(word: string): string | undefined {
  if (isStandardVerb(word)) return word
  const matches = word === '' ? [] : commandTable().standard.filter((verb) => verb.startsWith(word))
  return matches.length === 1 ? matches[0] : undefined
}

import { versionNumbers } from '../export/export-header.js'
import type { RouterCore } from '../router-core.js'
import { isIn } from './added-in.js'
import { menuArguments } from './menu-arguments.js'

const COMMON = 'numbers place-before copy-from comment disabled'.split(' ')

const OF_VERB: Readonly<Record<string, ReadonlySet<string>>> = {
  print: new Set(['proplist', '.proplist', 'file', 'interval', 'from', 'where', 'group-by', 'append']),
  export: new Set(['file', 'path']),
  remove: new Set(['numbers']),
  enable: new Set(['numbers']),
  disable: new Set(['numbers']),
  save: new Set(['name', 'dont-encrypt', 'password', 'encryption']),
  load: new Set(['name', 'password', 'force-v6-to-v7-configuration-upgrade']),
  move: new Set(['numbers', 'destination']),
  unset: new Set(['numbers', 'value-name']),
  comment: new Set(['numbers', 'comment']),
  get: new Set(['number', 'value-name']),
  run: new Set(['number', 'numbers', 'use-script-permissions']),
  reboot: new Set(),
  shutdown: new Set(),
  'reset-configuration': new Set(
    'no-defaults keep-users skip-backup run-after-reset caps-mode keep-apps shutdown'.split(' '),
  ),
}

const sets = new Map<string, ReadonlySet<string>>()

/** The names that this version has. */
function namesIn<Names extends ReadonlySet<string> | undefined>(
  version: readonly [number, number],
  of: string,
  names: Names,
): Names | ReadonlySet<string> {
  return names === undefined ? names : new Set([...names].filter((name) => isIn(version, `${of} ${name}`)))
}

/** Argument names a verb takes in a menu; undefined when every name is taken. */
export function knownArguments(
  router: RouterCore,
  menu: string,
  verb: string,
): ReadonlySet<string> | undefined {
  const version = versionNumbers(router.settings.version)
  if (verb !== 'add' && verb !== 'set') return namesIn(version, verb, OF_VERB[verb])
  const listed = menuArguments[menu]
  if (listed === undefined) return undefined
  const key = `${version.join('.')}${menu}`
  const known = sets.get(key)
  if (known !== undefined) return known
  const facts = router.config.facts(menu)
  const all = namesIn(
    version,
    menu,
    new Set([
      ...COMMON,
      ...listed.split(' '),
      ...Object.keys(facts?.defaults ?? {}),
      ...(facts?.unset ?? []),
    ]),
  )
  sets.set(key, all)
  return all
}

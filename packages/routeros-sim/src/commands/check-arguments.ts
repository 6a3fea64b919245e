import type { ArgumentNode } from '@tod/rsc-parser'
import { syntaxError } from '../language/router-error.js'
import { positionIn, type ScriptSource } from '../language/script-source.js'
import type { RouterCore } from '../router-core.js'
import { knownArguments } from './known-arguments.js'

/** Bare words that a verb takes. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  print: new Set([
    'detail',
    'brief',
    'terse',
    'count-only',
    'as-value',
    'without-paging',
    'value-list',
    'follow',
    'follow-only',
    'stats',
    'show-ids',
    'where',
    'dynamic',
    'static',
    'all',
  ]),
  export: new Set(['compact', 'verbose', 'terse', 'hide-sensitive', 'show-sensitive', 'where']),
}

/** Flags without value that items can be given when they are added or set. */
const FLAG_WORDS: ReadonlySet<string> = new Set([
  'fib',
  'blackhole',
  'unreachable',
  'prohibit',
  'dont-fragment',
  'no-summaries',
  'passive',
])

/** How many values without a name a verb takes. */
const POSITIONAL: Readonly<Record<string, number>> = {
  add: 0,
  set: 1,
  remove: 1,
  enable: 1,
  disable: 1,
  comment: 2,
  unset: 2,
  reset: 1,
  move: 2,
  get: 2,
  save: 0,
  reboot: 0,
}

/**
 * Refuses words that a command does not take: `expected end of command` for a bare one, `bad parameter` for a name (v6
 * says `expected end of command` for both).
 */
export function checkMenuArguments(
  router: RouterCore,
  menu: string,
  verb: string,
  args: readonly ArgumentNode[],
  source: ScriptSource,
): void {
  const words = WORDS[verb]
  const limit = POSITIONAL[verb]
  const known = knownArguments(router, menu, verb)
  let positional = 0
  for (const argument of args) {
    const at = positionIn(source, argument.range.start)
    if (argument.name !== undefined) {
      const name = argument.name.text
      if (known === undefined || name.startsWith('.') || known.has(name)) continue
      throw syntaxError(router.major >= 7 ? `bad parameter ${name}` : 'expected end of command', at)
    }
    const word = argument.value?.kind === 'word' ? argument.value.text : undefined
    if (words !== undefined) {
      if (word === undefined || !words.has(word)) throw syntaxError('expected end of command', at)
      if (word === 'show-sensitive' && router.major < 7) throw syntaxError('expected end of command', at)
      if (word === 'hide-sensitive' && router.major >= 7) throw syntaxError('expected end of command', at)
      continue
    }
    if (word !== undefined && FLAG_WORDS.has(word)) continue
    positional += 1
    if (limit !== undefined && positional > limit) throw syntaxError('expected end of command', at)
  }
}

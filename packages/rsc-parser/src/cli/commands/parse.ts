import type { Item } from '../../document/item.js'
import type { RscDocument } from '../../document/rsc-document.js'
import type { Selector } from '../../document/selector.js'
import { showValue } from '../../report/show-value.js'
import type { Command } from '../command.js'
import { expectWords, isOn } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { readDocument } from '../read-document.js'

/** `rsc parse`: the document as JSON. */
export const parseCommand: Command = {
  name: 'parse',
  summary: 'print what a file configures as JSON',
  help: `Usage: rsc parse FILE [--show-secrets]

Prints header, menus, items, properties and problems of FILE as one JSON object. Values are decoded;
lines and columns are 1-based. Exits 0 whatever is in the file: see rsc lint for judgement.

Examples:
  rsc parse router.rsc | jq '.menus[] | select(.path == "/ip address") | .items'
  rsc parse - < router.rsc
`,
  options: { 'show-secrets': { type: 'boolean' } },
  run: async (input, io) => {
    const [path = ''] = expectWords(input, 'FILE')
    const document = await readDocument(path, io)
    io.stdout(`${JSON.stringify(documentJson(document, isOn(input, 'show-secrets')), null, 2)}\n`)
    return exitCodes.ok
  },
}

function documentJson(document: RscDocument, showSecrets: boolean) {
  const { range: _, ...header } = document.header
  const line = (offset: number) => document.source.position(offset).line
  return {
    header,
    menus: document.menus.map((menu) => ({
      path: menu.path,
      kind: menu.kind,
      known: menu.facts !== undefined,
      items: menu.items.map((item) => itemJson(item, line(item.range.start), showSecrets)),
    })),
    otherStatements: document.otherStatements.map(({ menu, verb, range }) => ({
      menu,
      verb,
      line: line(range.start),
    })),
    incompleteMenus: document.incompleteMenus.map(({ path, reason }) => ({ path, reason })),
    interrupted: document.interrupted,
    problems: document.problems.map(({ code, message, range }) => ({
      code,
      message,
      ...document.source.position(range.start),
    })),
  }
}

function itemJson(item: Item, line: number, showSecrets: boolean) {
  const view = { showSecrets, maxLength: 0 }
  const properties: Record<string, string | null | true> = {}
  for (const property of item.properties.values()) {
    properties[property.name] =
      property.state === 'unset'
        ? null
        : property.state === 'flag'
          ? true
          : (showValue(item.menu, property, view) ?? '')
  }
  return {
    line,
    verb: item.verb,
    ...(item.selector === undefined ? {} : { selector: selectorJson(item.selector) }),
    identity: item.identity.kind,
    properties,
    ...(item.comments.length === 0 ? {} : { comments: item.comments.map((comment) => comment.text) }),
  }
}

function selectorJson(selector: Selector): unknown {
  const { range: _, ...rest } = selector
  return rest
}

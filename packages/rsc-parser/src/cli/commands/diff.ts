import type { UnknownValue } from '../../diff/change.js'
import { diffDocuments } from '../../diff/diff-documents.js'
import type { Item } from '../../document/item.js'
import { configurationLines } from '../../report/configuration-lines.js'
import { diffJson } from '../../report/diff-json.js'
import { formatDiffText } from '../../report/format-diff-text.js'
import { paint } from '../../report/paint.js'
import { unifiedDiff } from '../../report/unified-diff.js'
import { byteStringToBytes } from '../../text/bytes.js'
import type { Command } from '../command.js'
import { choiceFlag, expectWords, isOn } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { readPair } from '../read-document.js'

/** `rsc diff`: what changed, by meaning. */
export const diffCommand: Command = {
  name: 'diff',
  summary: 'compare two files by meaning',
  help: `Usage: rsc diff OLD NEW [--format text|json|unified] [--show-secrets]

Compares what two files configure. Dates, remarks of the router, line wrapping, quoting, the order of
properties and default values make no difference; the order of firewall rules does.
Exit codes: 0 no change, 1 changes, 2 usage.

  text     changes by menu, with values before and after (default)
  json     {"changes": [{"kind", "menu", "item", "properties": [{"name", "before", "after"}], ...}], ...}
  unified  a unified diff of the commands, one a line

Examples:
  rsc diff yesterday.rsc today.rsc
  ssh admin@192.0.2.1 /export | rsc diff backup.rsc - --format json | jq '.changes | length'
`,
  options: { format: { type: 'string' }, 'show-secrets': { type: 'boolean' } },
  run: async (input, io) => {
    const [oldPath = '', newPath = ''] = expectWords(input, 'OLD', 'NEW')
    const format = choiceFlag(input, 'format', ['text', 'json', 'unified'])
    const showSecrets = isOn(input, 'show-secrets')
    const [from, to] = await readPair(oldPath, newPath, io)
    const diff = diffDocuments(from, to)
    if (format === 'json') io.stdout(`${JSON.stringify(diffJson(diff, from, to, showSecrets), null, 2)}\n`)
    else if (format === 'text') {
      io.stdout(formatDiffText(diff, { from, to, showSecrets, maxLength: 100, paint: paint(io.isColored) }))
    } else if (diff.changes.length > 0) {
      const options = { showSecrets, ignored: unknownProperties(diff.unknown) }
      const [old, now] = [configurationLines(from, options), configurationLines(to, options)]
      const text = unifiedDiff(
        old.map((line) => line.text),
        now.map((line) => line.text),
        {
          fromName: oldPath,
          toName: newPath,
          keys: { from: old.map((line) => line.key), to: now.map((line) => line.key) },
        },
      )
      io.stdout(byteStringToBytes(text))
    }
    return diff.changes.length > 0 ? exitCodes.found : exitCodes.ok
  },
}

/** Secrets that one side does not carry: whether they changed is not known. */
function unknownProperties(unknown: readonly UnknownValue[]): ReadonlyMap<Item, ReadonlySet<string>> {
  const properties = new Map<Item, Set<string>>()
  for (const { item, property } of unknown)
    properties.set(item, (properties.get(item) ?? new Set<string>()).add(property))
  return properties
}

import { deviceState } from '../../diff/device-state.js'
import { paint } from '../../report/paint.js'
import { showLabel } from '../../report/show-label.js'
import type { Command } from '../command.js'
import { choiceFlag, expectWords } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { readDocument } from '../read-document.js'

/** `rsc outline`: menus and items with their lines. */
export const outlineCommand: Command = {
  name: 'outline',
  summary: 'list menus and items with their lines',
  help: `Usage: rsc outline FILE [--format text|json] [--show-secrets]

Lists the menus of FILE in order, the items of each and the line they stand on. What names an item is
never a secret, so --show-secrets shows no more.

Examples:
  rsc outline router.rsc
  rsc outline router.rsc --format json | jq -r '.[].path'
`,
  options: { format: { type: 'string' }, 'show-secrets': { type: 'boolean' } },
  run: async (input, io) => {
    const [path = ''] = expectWords(input, 'FILE')
    const format = choiceFlag(input, 'format', ['text', 'json'])
    const document = await readDocument(path, io)
    const menus = [...deviceState(document).menus.values()].map((menu) => ({
      path: menu.path,
      items: menu.items.map((item) => ({
        line: document.source.position(item.item.range.start).line,
        kind: item.origin,
        label: showLabel(item),
      })),
    }))
    if (format === 'json') {
      io.stdout(`${JSON.stringify(menus, null, 2)}\n`)
      return exitCodes.ok
    }
    const color = paint(io.isColored)
    const width = String(document.source.position(document.source.range.end).line).length
    io.stdout(
      menus
        .map(({ path: menu, items }) => {
          const lines = items.map(
            ({ line, label }) => `${color.dim(String(line).padStart(width))}  ${label || '(settings)'}\n`,
          )
          return `${color.bold(menu)} ${color.dim(`(${items.length})`)}\n${lines.join('')}`
        })
        .join(''),
    )
    return exitCodes.ok
  },
}

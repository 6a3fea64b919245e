import { diffDocuments } from '../../diff/diff-documents.js'
import { buildDocument } from '../../document/build-document.js'
import { renderDocument } from '../../layout/render-document.js'
import { redact } from '../../secrets/redact.js'
import { parseBytes } from '../../syntax/parser.js'
import type { ProblemCode } from '../../syntax/problem.js'
import { byteStringToBytes } from '../../text/bytes.js'
import type { Command } from '../command.js'
import { choiceFlag, expectWords, isOn, numberFlag } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { readDocument, writeTarget } from '../read-document.js'
import { UsageError } from '../usage-error.js'

/** Problems of a text of which nobody knows where its commands end. */
const unfinished: ReadonlySet<ProblemCode> = new Set([
  'unterminated-string',
  'dangling-continuation',
  'truncated-export',
  'unclosed-bracket',
  'unexpected-closing-bracket',
])

/** `rsc fmt`: canonical layout. */
export const fmtCommand: Command = {
  name: 'fmt',
  summary: 'lay a file out anew without changing its meaning',
  help: `Usage: rsc fmt FILE [--style compact|terse|one-per-line] [--width N] [--check | --write] [--show-secrets]

  compact       headings and wrapped commands, as a router writes a file (default)
  terse         path and command on one line
  one-per-line  headings, each property on a line of its own

Before anything is printed the result is parsed again and compared: a difference in meaning is an
error, and so is a FILE that was cut off or whose quotes and brackets do not match. --write replaces
FILE and keeps its secrets; --check prints nothing and exits 1 when FILE is laid out otherwise. On
standard output secrets are masked unless --show-secrets is given.

Exit codes: 0 done, 1 not (or laid out otherwise, with --check), 2 usage.

Examples:
  rsc fmt router.rsc --style terse | grep '^/ip firewall'
  rsc fmt --check configs/office.rsc
`,
  options: {
    style: { type: 'string' },
    width: { type: 'string' },
    check: { type: 'boolean' },
    write: { type: 'boolean' },
    'show-secrets': { type: 'boolean' },
  },
  run: async (input, io) => {
    const [path = ''] = expectWords(input, 'FILE')
    const style = choiceFlag(input, 'style', ['compact', 'terse', 'one-per-line'])
    const width = numberFlag(input, 'width', 20, 10_000)
    if (isOn(input, 'write') && path === '-') throw new UsageError('--write needs a file')
    if (isOn(input, 'write') && isOn(input, 'check'))
      throw new UsageError('--write and --check exclude each other')
    const document = await readDocument(path, io)
    const broken = document.problems.find(({ code }) => unfinished.has(code))
    if (broken !== undefined) {
      const { line, column } = document.source.position(broken.range.start)
      io.stderr(`rsc: ${path}:${line}:${column}: ${broken.message} Not laid out anew: that would hide it.\n`)
      return exitCodes.found
    }
    const lineEnd = document.source.source.includes('\r\n') ? '\r\n' : '\n'
    const text = renderDocument(document, { style, lineEnd, ...(width === undefined ? {} : { width }) })
    const result = buildDocument(parseBytes(byteStringToBytes(text)), { major: document.header.major })
    if (diffDocuments(document, result).changes.length > 0) {
      io.stderr(`rsc: ${path} cannot be laid out anew without a change in meaning; nothing written\n`)
      return exitCodes.found
    }
    if (isOn(input, 'check')) {
      if (text === document.source.source) return exitCodes.ok
      io.stderr(`rsc: ${path} is laid out otherwise\n`)
      return exitCodes.found
    }
    if (isOn(input, 'write')) {
      if (text !== document.source.source) await writeTarget(path, byteStringToBytes(text), io)
      return exitCodes.ok
    }
    io.stdout(byteStringToBytes(isOn(input, 'show-secrets') ? text : redact(result).text))
    return exitCodes.ok
  },
}

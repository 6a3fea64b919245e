import { redact } from '../../secrets/redact.js'
import { printBytes } from '../../syntax/print-tree.js'
import { byteStringToBytes } from '../../text/bytes.js'
import type { Command } from '../command.js'
import { expectWords, isOn } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { readDocument } from '../read-document.js'

/** `rsc print`: the tree printed back. */
export const printCommand: Command = {
  name: 'print',
  summary: 'print the syntax tree back, byte for byte',
  help: `Usage: rsc print FILE [--show-secrets]

Parses FILE and prints its tree. The output equals the input byte for byte, except that secrets
are masked unless --show-secrets is given.

Examples:
  rsc print router.rsc --show-secrets | cmp - router.rsc
  ssh admin@192.0.2.1 /export | rsc print -
`,
  options: { 'show-secrets': { type: 'boolean' } },
  run: async (input, io) => {
    const [path = ''] = expectWords(input, 'FILE')
    const document = await readDocument(path, io)
    if (isOn(input, 'show-secrets')) {
      io.stdout(printBytes(document.source))
      return exitCodes.ok
    }
    const { text, count } = redact(document)
    io.stdout(byteStringToBytes(text))
    if (count > 0)
      io.stderr(`rsc: ${count} ${count === 1 ? 'secret' : 'secrets'} masked; --show-secrets prints them\n`)
    return exitCodes.ok
  },
}

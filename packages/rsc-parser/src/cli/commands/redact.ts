import { createHmac } from 'node:crypto'
import { redact, secretMask } from '../../secrets/redact.js'
import { byteStringToBytes } from '../../text/bytes.js'
import type { Command } from '../command.js'
import { expectWords, isOn } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { readDocument } from '../read-document.js'
import { UsageError } from '../usage-error.js'

const keyVariable = 'RSC_REDACT_KEY'

/** `rsc redact`: a file without its secrets. */
export const redactCommand: Command = {
  name: 'redact',
  summary: 'print a file with its secrets masked',
  help: `Usage: rsc redact FILE [--hash]

Prints FILE with every secret replaced by ${secretMask}, which does not tell its length; all other bytes
stay. What is a secret: the properties RouterOS hides from an export without secrets; arguments and script
variables named like a password; passwords and tokens in URLs, request headers and JSON; private keys; and
all of these inside scripts. What a comment says in words of its own is not searched.

--hash puts a fingerprint in place of each secret, so that equal secrets can be told. It is an
HMAC-SHA-256 under the key in ${keyVariable}: without the key, short passwords cannot be tried out on it.

Examples:
  rsc redact router.rsc > shareable.rsc
  ${keyVariable}="$(cat key)" rsc redact --hash router.rsc
`,
  options: { hash: { type: 'boolean' } },
  run: async (input, io) => {
    const [path = ''] = expectWords(input, 'FILE')
    const key = isOn(input, 'hash') ? io.environment[keyVariable] : undefined
    if (isOn(input, 'hash') && (key === undefined || key.length < 16)) {
      throw new UsageError(`--hash needs a key of at least 16 characters in ${keyVariable}`)
    }
    const document = await readDocument(path, io)
    const replace =
      key === undefined
        ? undefined
        : (value: string) =>
            `hmac-${createHmac('sha256', key).update(value, 'latin1').digest('hex').slice(0, 16)}`
    io.stdout(byteStringToBytes(redact(document, replace).text))
    return exitCodes.ok
  },
}

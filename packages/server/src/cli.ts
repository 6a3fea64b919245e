#!/usr/bin/env node
import { exitCodes } from './cli/exit-codes.js'
import { runTod } from './cli/run-tod.js'

async function readInput(): Promise<string> {
  let text = ''
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk
  return text
}

/** What is said once of an output that is lost, other than to its reader's leaving; a push goes on without it. */
let loss = ''
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as `head`, is no error.
  if (code === 'EPIPE' || loss !== '') return
  loss = `tod: the output cannot be written: ${code}\n`
  process.stderr.write(loss)
  process.exitCode ||= exitCodes.failed
})
// There is nobody left to tell.
process.stderr.on('error', () => {})

const exitCode = await runTod(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  outBytes: (bytes) => process.stdout.write(bytes),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stdout.isTTY === true,
  readInput,
})
process.exitCode ||= exitCode

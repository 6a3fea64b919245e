#!/usr/bin/env node
import { runTod } from './cli/run-tod.js'

async function readInput(): Promise<string> {
  let text = ''
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk
  return text
}

process.exitCode = await runTod(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  outBytes: (bytes) => process.stdout.write(bytes),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stdout.isTTY === true,
  readInput,
})

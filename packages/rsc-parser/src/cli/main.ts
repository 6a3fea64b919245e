#!/usr/bin/env node
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { runCli } from './run-cli.js'

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await runCli(process.argv.slice(2), {
  readStdin: async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    return Buffer.concat(chunks)
  },
  readFile: (path) => readFile(path),
  writeFile: (path, content) => writeFile(path, content),
  listFiles: async (folder) => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`)
  },
  stdout: (output) => {
    process.stdout.write(output)
  },
  stderr: (output) => {
    process.stderr.write(output)
  },
  isColored:
    process.stdout.isTTY === true && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb',
  environment: process.env,
})

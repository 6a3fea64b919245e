#!/usr/bin/env node
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { exitCodes } from './exit-codes.js'
import { runCli } from './run-cli.js'

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no error and does not change the exit code.
    if (code === 'EPIPE') return
    process.stderr.write(`rsc: the output cannot be written: ${code}\n`)
    process.exit(exitCodes.usage)
  })
}

process.exitCode = await runCli(process.argv.slice(2), {
  readStdin: async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    return Buffer.concat(chunks)
  },
  readFile: (path) => readFile(path),
  writeFile: (path, content) => writeFile(path, content),
  listFiles,
  stdout: (output) => {
    process.stdout.write(output)
  },
  stderr: (output) => {
    process.stderr.write(output)
  },
  // https://no-color.org: an empty NO_COLOR counts as none.
  isColored: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  isStdinTerminal: process.stdin.isTTY === true,
  workingFolder: process.cwd(),
  environment: process.env,
})

async function listFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) files.push(path)
    else if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
      files.push(...(await listFiles(path)))
  }
  return files
}

/** Where a link leads to; one that leads nowhere is no file. */
async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

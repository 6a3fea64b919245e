import { runCli } from '../../src/cli/run-cli.js'

/** What a run of the command line left. Output as byte strings. */
export interface CliRun {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly files: ReadonlyMap<string, string>
}

/** Runs `rsc` on files in memory (byte strings); `-` reads `stdin`. */
export async function runInMemory(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
  stdin = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const store = new Map(Object.entries(files))
  let out = ''
  let err = ''
  const code = await runCli(words, {
    readStdin: async () => Buffer.from(stdin, 'latin1'),
    readFile: async (path) => {
      const text = store.get(path)
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
      return Buffer.from(text, 'latin1')
    },
    writeFile: async (path, content) => {
      if (path.startsWith('/')) throw Object.assign(new Error('not here'), { code: 'EACCES' })
      store.set(path, Buffer.from(content).toString('latin1'))
    },
    listFiles: async (folder) => {
      if (folder === 'locked')
        throw Object.assign(new Error('not here'), { code: 'EACCES', path: 'locked/inner' })
      const found = [...store.keys()].filter((path) => folder === '.' || path.startsWith(`${folder}/`))
      if (found.length === 0) throw Object.assign(new Error('no such folder'), { code: 'ENOTDIR' })
      return found
    },
    stdout: (output) => {
      out +=
        typeof output === 'string'
          ? Buffer.from(output).toString('latin1')
          : Buffer.from(output).toString('latin1')
    },
    stderr: (output) => {
      err += output
    },
    isColored: false,
    isStdinTerminal: false,
    workingFolder: '/home/ann/configs',
    environment,
  })
  return { code, out, err, files: store }
}

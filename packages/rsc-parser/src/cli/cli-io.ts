/** What the command line may use of the world, so that it can be run as a function. */
export interface CliIo {
  /** All of standard input. */
  readonly readStdin: () => Promise<Uint8Array>
  /** Rejects when the file cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array>
  readonly writeFile: (path: string, content: Uint8Array) => Promise<void>
  /** Paths of all files below a folder, without those of `node_modules` and `.git`. Rejects when it is no folder. */
  readonly listFiles: (folder: string) => Promise<readonly string[]>
  readonly stdout: (output: string | Uint8Array) => void
  readonly stderr: (output: string) => void
  /** Standard output is a terminal that shows colors. */
  readonly isColored: boolean
  /** Nothing is piped into standard input: a person would have to type it. */
  readonly isStdinTerminal: boolean
  /** Absolute path of the folder that relative paths start from. */
  readonly workingFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** What the command line may use of the world, so that it can be run as a function. */
export interface CliIo {
  /** All of standard input. */
  readonly readStdin: () => Promise<Uint8Array>
  /** Rejects when the file cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array>
  readonly writeFile: (path: string, content: Uint8Array) => Promise<void>
  /** Paths of files for globs and folders; see `expandPaths`. */
  readonly listFiles: (folder: string) => Promise<readonly string[]>
  readonly stdout: (output: string | Uint8Array) => void
  readonly stderr: (output: string) => void
  /** Standard output is a terminal that shows colors. */
  readonly isColored: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
}

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { bundleProcess } from './bundle-process.js'

/** What `writer-process.ts` is told. */
export interface WriterTask {
  readonly sqliteFile?: string
  readonly postgres?: {
    readonly connectionString: string
    readonly appRole: string
    readonly systemRole: string
  }
  readonly writer: number
  readonly tenantId: string
  readonly deviceId: string
  readonly rows: number
}

/** A writer in a process of its own. */
export interface Writer {
  readonly process: ChildProcess
  /** Rows that were acknowledged so far, with the fencing token each was written under. */
  readonly acknowledged: { readonly commitSha: string; readonly fencingToken: number }[]
  readonly errors: string[]
  /** Resolves when so many rows were acknowledged, or the process has ended. */
  seen(count: number): Promise<void>
  readonly ended: Promise<number | null>
}

/** Starts a writer; the first call bundles its sources. */
export async function startWriter(task: WriterTask): Promise<Writer> {
  const script = await bundleProcess(new URL('./writer-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const acknowledged: { readonly commitSha: string; readonly fencingToken: number }[] = []
  const errors: string[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [commitSha, token] = line.split(' ')
    // The last line of a killed process may be cut: it was not acknowledged to anybody then.
    if (commitSha?.length !== 40 || token === undefined) return
    acknowledged.push({ commitSha, fencingToken: Number(token) })
    for (const waiter of waiting) if (acknowledged.length >= waiter.count) waiter.resolve()
  })
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
  return {
    process: child,
    acknowledged,
    errors,
    ended,
    seen: (count) =>
      Promise.race([
        ended.then(() => {}),
        new Promise<void>((resolve) => {
          if (acknowledged.length >= count) resolve()
          else waiting.push({ count, resolve })
        }),
      ]),
  }
}

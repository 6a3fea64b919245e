import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { ServerProcessOptions } from './server-process.js'

/** A server in a process of its own, and where it listens. */
export interface ServerProcess {
  readonly child: ChildProcess
  readonly url: string
}

/** Starts a server. @param problems told when it ends by itself. */
export async function startServerProcess(
  script: string,
  options: ServerProcessOptions,
  problems: string[],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  child.on('exit', (code) => {
    if (code !== null) problems.push(`a server ended by itself with ${code}: ${errors.slice(-1500)}`)
  })
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>
  const started = await Promise.race([line, once(child, 'close').then(() => undefined)])
  if (started === undefined) throw new Error(`A server did not start: ${errors.slice(-1500)}`)
  const { port } = JSON.parse(started[0]) as { port: number }
  return { child, url: `http://127.0.0.1:${port}` }
}

/** SIGKILL, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'close')
  child.kill('SIGKILL')
  await gone
}

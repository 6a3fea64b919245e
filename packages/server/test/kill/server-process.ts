/**
 * The server on a folder, with a clock that runs faster than the machine's and is the same after a restart. Made to be
 * killed: by whoever started it, or by itself at an entry of the journal. Prints its port; reads deaths from its input.
 */
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { openSqlite } from '@tod/adapters/sqlite'
import type { Clock, PushJournal } from '@tod/core'
import { createLogger, readConfig, startServer } from '../../src/index.js'

/** What the process is started with, as JSON. */
export interface ServerProcessOptions {
  readonly directory: string
  readonly jwtSecret: string
  /** Moment at which the fast clock and the machine's were the same, ms. */
  readonly epochMs: number
  readonly scale: number
}

/** When the process is to kill itself: around the entry of a state. */
export interface JournalDeath {
  readonly moment: 'before' | 'after'
  readonly state: string
}

const { directory, jwtSecret, epochMs, scale } = JSON.parse(process.argv[2] ?? '') as ServerProcessOptions

const startedMs = performance.now()
const fastClock: Clock = {
  now: () => Math.floor(epochMs + (Date.now() - epochMs) * scale),
  monotonicMs: () => (performance.now() - startedMs) * scale,
  async sleep(ms, { signal } = {}) {
    await delay(Math.max(0, ms) / scale, undefined, signal === undefined ? {} : { signal }).catch((error) => {
      throw signal?.reason ?? error
    })
  },
}

let death: JournalDeath | undefined
createInterface({ input: process.stdin }).on('line', (line) => {
  death = JSON.parse(line) as JournalDeath
})

async function dieAt(moment: JournalDeath['moment'], state: string): Promise<void> {
  if (death?.moment !== moment || death.state !== state) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => {})
}

/** Makes the process end at any entry of the journal. */
function watch(journal: PushJournal): void {
  const open = journal.open.bind(journal)
  const append = journal.append.bind(journal)
  journal.open = async (...args) => {
    const opened = await open(...args)
    await dieAt('after', 'locked')
    return opened
  }
  journal.append = async (scope, operationId, step, fencingToken) => {
    await dieAt('before', step.state)
    const appended = await append(scope, operationId, step, fencingToken)
    await dieAt('after', step.state)
    return appended
  }
}

const database = await openSqlite({ file: `${directory}/tod.sqlite` })
watch(database.journal)
const config = readConfig({ TOD_DATA: directory, TOD_JWT_SECRET: jwtSecret, PORT: '0' })
const log = createLogger('error', { write: (line: string) => void process.stderr.write(line) })
const server = await startServer(config, log, {
  clock: fastClock,
  database,
})
process.stdout.write(`${JSON.stringify({ port: server.port })}\n`)

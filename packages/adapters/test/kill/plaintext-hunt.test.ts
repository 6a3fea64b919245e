import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, writeSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { startSimulator } from '@tod/routeros-sim'
import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tenantTables } from '../../src/postgres/row-security.js'
import { connectClient, postgres, usePostgres } from '../postgres/postgres-harness.js'
import { bundleProcess } from '../sql/bundle-process.js'
import { findPlaintext } from './find-plaintext.js'
import { type InstallationPlace, openInstallation } from './installation.js'

const { harness } = usePostgres()
const deviceId = 'd0000000-0000-4000-8000-000000000001'
const login = { username: 'admin', password: 'planted-in-the-credentials' }
const planted = [login.password, 'planted-in-the-export', 'planted-in-the-binary', 'planted-host-name']
const config = `/system identity
set name=planted-host-name
/ppp secret
add name=customer password=planted-in-the-export service=l2tp
/user
add name=somebody group=read password=planted-in-the-binary
`

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tod-hunt-'))
  await mkdir(join(directory, 'repositories'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

describe('what is left on the disk by processes that back up, write a report of themselves, and are killed', () => {
  const repositories = () => join(directory, 'repositories')
  const modes = [
    ['holds nothing of what was planted', false],
    ['holds all of it in plaintext mode', true],
  ] as const

  it.each(modes)(
    '%s (SQLite)',
    async (_what, isPlaintext) => {
      await backUpAndDie({
        repositories: repositories(),
        sqliteFile: join(directory, 'tod.sqlite'),
        isPlaintext,
      })

      const names = readdirSync(directory)
      for (const left of [/-wal$/, /^report\./, /^output/])
        expect(names.some((name) => left.test(name))).toBe(true)
      expect(findPlaintext(directory, planted)).toEqual(isPlaintext ? planted : [])
    },
    120_000,
  )

  const unavailable = 'unavailable' in postgres ? ` (${postgres.unavailable})` : ''
  it.skipIf(unavailable !== '').each(modes)(
    `%s (PostgreSQL)${unavailable}`,
    async (_what, isPlaintext) => {
      const { appUrl, ownerUrl, roles } = harness()
      await backUpAndDie({
        repositories: repositories(),
        postgres: { connectionString: appUrl, ...roles },
        isPlaintext,
      })

      const owner = await connectClient(ownerUrl)
      const dataFolder = await dumpRows(owner, join(directory, 'rows'))
      await owner.end()
      expect(findPlaintext(directory, planted)).toEqual(isPlaintext ? planted : [])
      // The server's own files, its write-ahead log among them, where it is one of this machine's.
      if (existsSync(dataFolder)) {
        const found = findPlaintext(dataFolder, [login.password], 0)
        expect(found).toEqual(isPlaintext ? [login.password] : [])
      }
    },
    120_000,
  )
})

/** Backs a router up again and again from a process that then writes a report of itself and is killed. */
async function backUpAndDie(place: InstallationPlace): Promise<void> {
  const simulator = await startSimulator({
    config,
    user: login.username,
    password: login.password,
    clock: 'real',
  })
  const script = await bundleProcess(new URL('./backup-process.ts', import.meta.url))
  try {
    const installation = await openInstallation(place)
    const { scope, database, credentials } = installation
    const port = simulator.router.listeners[0]?.port ?? 0
    await database.devices.put(scope, { deviceId, name: 'n', host: '127.0.0.1', port })
    await credentials.put(scope, deviceId, login)
    await installation.close()
    await dieOnce(script, place)
  } finally {
    await simulator.stop()
  }
}

async function dieOnce(script: string, place: InstallationPlace): Promise<void> {
  const output = openSync(join(directory, 'output'), 'a')
  const reports = () => readdirSync(directory).filter((name) => name.startsWith('report.')).length
  const before = reports()
  const flags = ['--report-on-signal', `--report-directory=${directory}`]
  const child = spawn(
    process.execPath,
    [...flags, script, JSON.stringify(place), JSON.stringify([deviceId])],
    {
      stdio: ['ignore', 'pipe', output],
    },
  )
  try {
    if (child.stdout === null) throw new Error('no output')
    for await (const line of createInterface({ input: child.stdout })) {
      writeSync(output, `${line}\n`)
      break
    }
    child.kill('SIGUSR2')
    while (reports() === before) await pause(10)
  } finally {
    const gone = once(child, 'close')
    child.kill('SIGKILL')
    await gone
    closeSync(output)
  }
}

/** Writes all rows of all tables into a file and returns the folder of the server. */
async function dumpRows(owner: pg.Client, file: string): Promise<string> {
  for (const table of tenantTables) {
    const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${table} t`)
    await appendFile(file, rows.map(({ row }) => `${row}\n`).join(''))
  }
  await owner.query('checkpoint')
  const { rows } = await owner.query<{ folder: string }>("select current_setting('data_directory') as folder")
  return rows[0]?.folder ?? ''
}

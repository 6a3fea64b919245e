import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { SimulatedRouter } from '@tod/routeros-sim'
import { bundleProcess } from '../sql/bundle-process.js'
import { type InstallationPlace, openInstallation, retentionPolicy } from './installation.js'

/** A backup that a process was told is stored. */
interface Acknowledged {
  readonly deviceId: string
  readonly commitSha: string
  readonly trigger: string
  readonly exportSha256: string
}

/** How much to kill. */
export interface KillOptions {
  readonly place: InstallationPlace
  /** Routers by the id of their device. */
  readonly routers: ReadonlyMap<string, SimulatedRouter>
  readonly kills: number
  readonly seed: number
  /** Makes the leases of dead processes run out, as if their time had passed. */
  readonly expireLeases: () => Promise<void>
}

/** What came of it. `problems` is empty when nothing was lost. */
export interface KillReport {
  readonly seed: number
  readonly kills: number
  readonly acknowledged: number
  readonly listed: number
  /** Rows that were made again from git at a start. */
  readonly repairedRows: number
  readonly problems: readonly string[]
}

/**
 * Lets processes back up the same devices at once, with retention, packing and native git beside them, and kills them
 * at random moments. After each round everything that was acknowledged has to be there, and rows and commits agree.
 */
export async function killBackups(options: KillOptions): Promise<KillReport> {
  const { place, routers } = options
  const random = seeded(options.seed)
  const acknowledged: Acknowledged[] = []
  const problems: string[] = []
  const total = { kills: 0, repairedRows: 0, listed: 0 }
  const scripts = {
    backups: await bundleProcess(new URL('./backup-process.ts', import.meta.url)),
    upkeep: await bundleProcess(new URL('./upkeep-process.ts', import.meta.url)),
  }
  const start = (script: string, ...args: unknown[]): ChildProcess =>
    startProcess(script, args, acknowledged, problems)

  while (total.kills < options.kills && problems.length === 0) {
    const seen = acknowledged.length
    const deviceIds = [...routers.keys()]
    const processes = [
      start(scripts.backups, place, deviceIds),
      start(scripts.backups, place, deviceIds.toReversed()),
      start(scripts.upkeep, place),
    ]
    await changeRouters(routers, random)
    // The random moment counts from the first backup: a busy machine takes seconds to start the processes.
    while (acknowledged.length === seen && problems.length === 0) await pause(10)
    const native = random(2) === 0 ? startNativeGit(place) : undefined
    await pause(random(3000))
    for (const process of processes.sort(() => random(3) - 1)) {
      await kill(process)
      total.kills++
      if (random(3) === 0) await pause(random(60))
    }
    if (native !== undefined) await kill(native)
    await options.expireLeases()
    const checked = await check(place, acknowledged, problems)
    total.repairedRows += checked.repairedRows
    total.listed = checked.listed
  }
  return { seed: options.seed, acknowledged: acknowledged.length, problems, ...total }
}

async function check(
  place: InstallationPlace,
  acknowledged: readonly Acknowledged[],
  problems: string[],
): Promise<{ readonly repairedRows: number; readonly listed: number }> {
  const { tod, scope, git, retention, close } = await openInstallation(place)
  // What a server does at start; after it rows and commits have to agree.
  await retention.finishAll()
  const { addedRows: repairedRows, unreadable } = await tod.reindex.repairAll()
  for (const one of unreadable) problems.push(`${one.commitSha} does not open`)
  problems.push(...fsck(place))
  let listed = 0
  for (const deviceId of new Set(acknowledged.map((backup) => backup.deviceId))) {
    const backups = acknowledged.filter((backup) => backup.deviceId === deviceId)
    const rows = await tod.backups.list(scope, { deviceId, limit: 100_000 })
    const commits = await git.history(scope, { deviceId, limit: 100_000 })
    const rowShas = new Set(rows.map((row) => row.commitSha))
    const commitShas = new Set(commits.map((commit) => commit.commitSha))
    for (const sha of rowShas) if (!commitShas.has(sha)) problems.push(`row ${sha} has no commit`)
    for (const sha of commitShas) if (!rowShas.has(sha)) problems.push(`commit ${sha} has no row`)
    listed += rows.length
    const newest = new Set(rows.slice(0, retentionPolicy.last).map((row) => row.commitSha))
    for (const [index, backup] of backups.entries()) {
      const isLast = index === backups.length - 1
      if (!rowShas.has(backup.commitSha)) {
        // What retention keeps whatever happens, and what was acknowledged last.
        if (backup.trigger === 'checkpoint' || isLast)
          problems.push(`${backup.trigger} ${backup.commitSha} is lost`)
        continue
      }
      if (backup.trigger !== 'checkpoint' && !newest.has(backup.commitSha) && !isLast) continue
      const text = await tod.backups.readExport(scope, { deviceId, commitSha: backup.commitSha })
      const digest = createHash('sha256').update(text).digest('hex')
      if (digest !== backup.exportSha256) problems.push(`${backup.commitSha} has other content`)
    }
  }
  await close()
  return { repairedRows, listed }
}

function startProcess(
  script: string,
  args: readonly unknown[],
  acknowledged: Acknowledged[],
  problems: string[],
): ChildProcess {
  const child = spawn(process.execPath, [script, ...args.map((arg) => JSON.stringify(arg))], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    try {
      acknowledged.push(JSON.parse(line) as Acknowledged)
    } catch {
      // The kill cut the line: whoever reads it was told nothing.
    }
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  child.on('exit', (code) => {
    if (code !== null) problems.push(`a process ended by itself with ${code}: ${errors.slice(-1500)}`)
  })
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.kill('SIGKILL')
  await gone
}

/** Some routers get another name, so that some backups have something new. */
async function changeRouters(
  routers: ReadonlyMap<string, SimulatedRouter>,
  random: (below: number) => number,
): Promise<void> {
  for (const router of routers.values()) {
    if (random(2) === 0) continue
    await router.engine.run(`/system identity set name=router-${random(1000)}`, {
      id: 0,
      kind: 'script',
      user: 'admin',
      width: 80,
      height: 0,
      colors: false,
      signal: new AbortController().signal,
      menu: '',
      write: () => {},
    })
  }
}

function gitDirectory(place: InstallationPlace): string {
  return join(place.repositories, '00000000-0000-0000-0000-000000000000.git')
}

const quietGit = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent' }

/** True where native git is installed: it then runs beside the writers, and checks what they wrote. */
const hasNativeGit = spawnSync('git', ['--version']).status === 0

function startNativeGit(place: InstallationPlace): ChildProcess | undefined {
  if (!hasNativeGit) return undefined
  const child = spawn('git', ['--git-dir', gitDirectory(place), 'gc', '--quiet', '--force'], {
    stdio: 'ignore',
    env: quietGit,
  })
  child.on('error', () => {})
  return child
}

function fsck(place: InstallationPlace): readonly string[] {
  if (!hasNativeGit) return []
  const args = ['--git-dir', gitDirectory(place), 'fsck', '--strict', '--full', '--no-dangling']
  const run = spawnSync('git', args, { encoding: 'utf8', env: quietGit })
  return `${run.stdout}${run.stderr}`
    .split('\n')
    .filter((line) => line !== '' && !/^notice:|^Checking|garbage|^dangling/.test(line))
    .map((line) => `git fsck: ${line}`)
}

/** Numbers that are the same for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

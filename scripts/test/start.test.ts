import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const hasCurl = spawnSync('curl', ['--version']).status === 0
if (!hasCurl) console.warn('curl is not installed: the printed lines are not pasted.')

/** What `npm start` printed, and the process to signal. */
interface Started {
  readonly child: ChildProcess
  readonly output: () => string
  readonly exitCode: Promise<number | null>
}

describe('npm start', { timeout: 120_000 }, () => {
  let data: string
  let running: Started[]

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'tod-start-'))
    running = []
  })
  afterEach(async () => {
    for (const { child, exitCode } of running) {
      child.kill('SIGTERM')
      await exitCode
    }
    rmSync(data, { recursive: true, force: true })
  })

  function start(env: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Started {
    const child = spawn('npm', ['start', '--', ...args], {
      cwd: root,
      // Server and routers live thirty times faster: the settle window takes two seconds.
      env: { ...process.env, TOD_CLOCK_SCALE: '30', TOD_DATA: data, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
    }
    // `close`, not `exit`: npm's child has the same output, and it has ended when that has.
    const exitCode = once(child, 'close').then(([code]) => code as number | null)
    const started = { child, output: () => text, exitCode }
    running.push(started)
    return started
  }
  const untilReady = ({ output }: Started) =>
    expect.poll(output, { timeout: 90_000, interval: 50 }).toContain('Ctrl-C stops everything.')

  const answersOn = (port: number) =>
    new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => done(true)).once('error', () => done(false))
      socket.once('connect', () => socket.destroy())
    })

  it.skipIf(!hasCurl)('prints five lines that work when pasted, and leaves nothing running', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const address = holder.address()
    const taken = typeof address === 'object' && address !== null ? address.port : 0
    const started = start({ PORT: String(taken) })
    await untilReady(started)
    holder.close()
    const text = started.output()
    const ports = [...text.matchAll(/answers SSH on 127\.0\.0\.1:(\d+)/g)].map((match) => Number(match[1]))
    const paste = (line: string) => JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' }))

    const [backUp = '', list = '', preview = '', restore = '', schedule = ''] = text
      .split('\n')
      .filter((line) => line.startsWith('curl '))

    expect(text).toContain(`Port ${taken} is in use`)
    expect(paste(backUp)).toMatchObject({ trigger_type: 'manual', changed: true })
    expect(paste(list)).toMatchObject([{ trigger_type: 'manual' }, { trigger_type: 'checkpoint' }])
    expect(paste(preview)).toMatchObject({ source: { kind: 'live' }, diff: { added: 1, modified: 1 } })
    expect(paste(restore)).toMatchObject({ status: 'committed', converged: true })
    expect(paste(schedule)).toMatchObject({ cron_expression: '30 1 * * *', is_default: false })

    started.child.kill('SIGTERM')
    await started.exitCode
    expect(ports).toHaveLength(2)
    for (const port of ports) await expect.poll(() => answersOn(port)).toBe(false)
    expect(started.output()).toContain('Stopping ...')
  })

  it('starts again on what it left, with the same history', async () => {
    const first = start()
    await untilReady(first)
    expect(first.output()).toContain('(new)')
    first.child.kill('SIGINT')
    await first.exitCode

    const second = start()
    await untilReady(second)

    expect(second.output()).toContain('(as it was left)')
  })

  it('starts empty when asked to, and says how to begin', async () => {
    const started = start({}, ['--no-demo'])
    await untilReady(started)

    expect(started.output()).not.toContain('Simulated router')
    expect(started.output()).toContain('tenant add')
  })

  it('says what is wrong with the data folder, without a stack', async () => {
    writeFileSync(join(data, 'tod.sqlite'), 'this is no database, however long it is looked at'.repeat(100))

    const started = start()

    expect(await started.exitCode).toBe(1)
    expect(started.output()).toMatch(/It did not start: .*\[STORAGE_CORRUPT\]\nKeep what is there/)
    expect(started.output()).not.toMatch(/^ {4}at /m)
  })
})

import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Simulator, type SimulatorOptions, startRouters } from '../../src/simulator.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'
import { files, reader, SshClient } from '../support/ssh-client.js'
import { tinyEngines } from '../support/tiny-engine.js'

const running: Simulator[] = []

async function start(options: SimulatorOptions = {}) {
  const engines = tinyEngines()
  const clock = new VirtualClock()
  const simulator = await startRouters(engines.prepare, { clock, ...options })
  running.push(simulator)
  const [engine] = engines.made
  if (engine === undefined) throw new Error('no engine')
  return { simulator, router: simulator.router, port: simulator.router.port, engine, clock }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

describe('the SSH server of a simulated router', () => {
  it('names itself ROSSSH, without a version', async () => {
    const { port } = await start()
    const socket = connect(port, '127.0.0.1')

    const [greeting] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()

    expect(greeting.toString()).toMatch(/^SSH-2\.0-ROSSSH\r\n/)
  })

  it('answers an exec with CRLF lines, status 0 and nothing on stderr, also after an error', async () => {
    const { port } = await start()
    const client = await SshClient.connect(port)

    const said = await client.exec('say hello')
    const failed = await client.exec('foo')
    client.end()

    expect(said).toEqual({ stdout: 'hello\r\n', stderr: '', status: 0 })
    expect(failed).toEqual({ stdout: 'bad command name foo (line 1 column 1)\r\n', stderr: '', status: 0 })
  })

  it('refuses a wrong password', async () => {
    const { port, engine } = await start()

    await expect(SshClient.connect(port, { password: 'wrong' })).rejects.toThrow(/authentication/)
    expect(engine.events).toContain('login failure for user admin from 0.0.0.0 via ssh')
  })

  it('takes the console suffix off the login name', async () => {
    const { port, engine } = await start()
    const client = await SshClient.connect(port, { username: 'admin+cte200w' })

    await client.exec('say hello')
    client.end()

    expect(engine.events).toContain('opened exec admin')
  })

  it('runs several sessions of one connection side by side', async () => {
    const { port } = await start()
    const client = await SshClient.connect(port)

    const answers = await Promise.all([client.exec('wait 5000'), client.exec('say b'), client.exec('say c')])
    client.end()

    expect(answers.map((answer) => answer.stdout)).toEqual(['', 'b\r\n', 'c\r\n'])
  })

  it('offers nothing but ssh-rsa and SHA-1 key exchange on an old version', async () => {
    const { port } = await start({ version: '6.40.9' })

    await expect(SshClient.connect(port)).rejects.toThrow(/no matching|handshake/i)
    const client = await SshClient.connect(port, {
      algorithms: { kex: ['diffie-hellman-group14-sha1'], serverHostKey: ['ssh-rsa'] },
    })
    client.end()
  })

  it('keeps an ed25519 host key per router over runs of the same name', async () => {
    const first = await start({ ssh: { hostKeyType: 'ed25519' } })
    const second = await start({ ssh: { hostKeyType: 'ed25519' } })

    const client = await SshClient.connect(first.port)
    client.end()

    expect(first.router.hostKey().fingerprint).toBe(second.router.hostKey().fingerprint)
  })

  it('ends the job of an exec whose connection is lost', async () => {
    const { port, engine, clock } = await start()
    const client = await SshClient.connect(port)
    const waiting = client.exec('wait 60000')
    await clock.advance(1000)

    client.client.destroy()
    await waiting
    await clock.advance(1)

    expect(engine.events).toContain('stopped wait')
    expect(engine.events).toContain('closed exec abnormal')
  })

  it('lets that job run on where the option says so', async () => {
    const { port, engine, clock } = await start({ ssh: { jobOfLostSession: 'continue' } })
    const client = await SshClient.connect(port)
    const waiting = client.exec('wait 60000')
    await clock.advance(1000)

    client.client.destroy()
    await waiting
    await clock.advance(60_000)

    expect(engine.events).toContain('ran wait 60000')
  })

  it('sends what was written before a restart, then answers nothing for the dead time', async () => {
    const { port, engine, clock, router } = await start({ deadTimeMs: 30_000 })
    const client = await SshClient.connect(port)

    const answer = await client.exec('restart')
    await clock.advance(29_000)
    await expect(SshClient.connect(port)).rejects.toThrow()
    await clock.advance(1500)
    const again = await SshClient.connect(port)
    again.end()

    expect(answer.stdout).toBe('restarting\r\n')
    expect(answer.status).toBeUndefined()
    expect(router.boots).toBe(1)
    expect(engine.events).toContain('boot reboot')
  })

  it('stalls an open connection whose packets the configuration drops, and wakes it when they pass again', async () => {
    const { port, engine, clock, router } = await start()
    const client = await SshClient.connect(port)

    engine.verdict = { verdict: 'drop', because: 'rule 3' }
    router.configurationChanged()
    const answer = client.exec('say late')
    await clock.advance(5000)
    const ranBefore = engine.events.includes('ran say late')
    engine.verdict = { verdict: 'accept', because: 'test' }
    router.configurationChanged()

    expect((await answer).stdout).toBe('late\r\n')
    expect(ranBefore).toBe(false)
    client.end()
  })

  it('never speaks to a new client whose packets are dropped', async () => {
    const { port, engine, clock } = await start()
    engine.verdict = { verdict: 'drop', because: 'rule 3' }
    let heard = ''

    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk) => {
      heard += chunk.toString()
    })
    await clock.advance(30_000)
    socket.destroy()

    expect(heard).toBe('')
  })

  it('cuts a long output at the client window where the version does so', async () => {
    const { port } = await start({ ssh: { cutsAtWindow: true } })
    const client = await SshClient.connect(port)

    const answer = await client.exec('flood 5000000')
    client.end()

    expect(answer.stdout.length).toBe(2 * 1024 * 1024)
    expect(answer.status).toBe(0)
  })
})

describe('SFTP of a simulated router', () => {
  it('stores, lists, fetches and removes files by root-relative names', async () => {
    const { port, router } = await start()
    const client = await SshClient.connect(port)
    const sftp = files(await client.sftp())

    await sftp.put('/x.rsc', 'one')
    await sftp.put('y.rsc', Buffer.alloc(300_000, 7))
    const listed = await sftp.list('/')
    const fetched = await sftp.get('y.rsc')
    await sftp.remove('x.rsc')
    client.end()

    expect(listed).toEqual(['x.rsc', 'y.rsc'])
    expect(fetched.equals(Buffer.alloc(300_000, 7))).toBe(true)
    expect(router.fileList().map((file) => file.name)).toEqual(['y.rsc'])
  })

  it('does not create parents, and does not rename', async () => {
    const { port } = await start()
    const client = await SshClient.connect(port)
    const sftp = files(await client.sftp())
    await sftp.put('a.txt', 'a')

    await expect(sftp.put('no/such/x.rsc', 'one')).rejects.toThrow('No such file')
    await expect(sftp.rename('a.txt', 'b.txt')).rejects.toThrow(/unsupported/i)
    client.end()
  })

  it('refuses what does not fit', async () => {
    const { port } = await start({ files: { capacityBytes: 1000 } })
    const client = await SshClient.connect(port)
    const sftp = files(await client.sftp())

    await expect(sftp.put('big.bin', Buffer.alloc(2000))).rejects.toThrow(/no space/)
    client.end()
  })

  it('tells the router that a file has arrived, for those that run at once', async () => {
    const { port, engine } = await start()
    const client = await SshClient.connect(port)
    const sftp = files(await client.sftp())

    await sftp.put('x.auto.rsc', 'say x')
    client.end()

    expect(engine.events).toContain('uploaded x.auto.rsc')
  })

  it('shows a file growing on a slow flash', async () => {
    const { port, clock, router } = await start({ files: { writeBytesPerSecond: 1000 } })
    const client = await SshClient.connect(port)
    const sftp = files(await client.sftp())

    const upload = sftp.put('slow.rsc', Buffer.alloc(10_000))
    await clock.advance(3000)
    const early = router.files.find('slow.rsc')?.size ?? 0
    await clock.advance(10_000)
    await upload
    client.end()

    expect(early).toBeGreaterThan(0)
    expect(early).toBeLessThan(5000)
    expect(router.files.find('slow.rsc')?.size).toBe(10_000)
  })
})

describe('the console of a simulated router', () => {
  it('shows banner and prompt, echoes, runs and prompts again', async () => {
    const { port } = await start()
    const client = await SshClient.connect(port, { username: 'admin+ct' })
    const channel = await client.shell()
    const screen = reader(channel)

    const first = await screen.until('[admin@MikroTik] > ')
    channel.write('say hello\r')
    const second = await screen.until(/\r\nhello\r\n[\s\S]*> $/)
    client.end()

    expect(first).toContain('MikroTik RouterOS 7.16.1')
    expect(second).toContain('\r[admin@MikroTik] > say hello\r\nhello\r\n')
  })

  it('asks the terminal before anything else and waits ten seconds for an answer', async () => {
    const { port, clock } = await start()
    const client = await SshClient.connect(port)
    const screen = reader(await client.shell())

    const probe = await screen.until('\x1b[6n')
    const before = clock.monotonicMs()
    const waiting = screen.until('> ')
    await clock.advance(10_001)
    await waiting
    client.end()

    expect(probe).toContain('\x1bZ')
    expect(before).toBeLessThan(1000)
  })

  it('shows safe mode in the prompt and undoes it when the connection breaks', async () => {
    const { port, engine, clock } = await start()
    const client = await SshClient.connect(port, { username: 'admin+cte' })
    const channel = await client.shell()
    const screen = reader(channel)
    await screen.until('> ')

    channel.write('\x18')
    const shown = await screen.until('<SAFE> ')
    client.client.destroy()
    await clock.advance(10)

    expect(shown).toContain('[Safe Mode taken]\r\n[admin@MikroTik] <SAFE> ')
    expect(engine.events.at(-1)).toBe('closed shell abnormal')
  })

  it('interrupts the running command with Ctrl-C and goes on', async () => {
    const { port, engine } = await start()
    const client = await SshClient.connect(port, { username: 'admin+cte' })
    const channel = await client.shell()
    const screen = reader(channel)
    await screen.until('> ')

    channel.write('wait 1000000\r')
    await screen.until('\r\n\r\n')
    channel.write('\x03')
    await screen.until(/interrupted\r\n\[admin@MikroTik\] > $/)
    client.end()

    expect(engine.events).toContain('stopped wait')
  })

  it('does commands typed ahead in their order, and pages nothing that is not a print', async () => {
    const { port } = await start()
    const client = await SshClient.connect(port, { username: 'admin+cte' })
    const channel = await client.shell()
    const screen = reader(channel)
    await screen.until('> ')

    channel.write('say a\rsay b\rquit\r')
    const shown = await screen.until(/quit\r\n\r\n/)

    expect(shown.indexOf('\r\na\r\n')).toBeGreaterThan(0)
    expect(shown.indexOf('\r\nb\r\n')).toBeGreaterThan(shown.indexOf('\r\na\r\n'))
    client.end()
  })
})

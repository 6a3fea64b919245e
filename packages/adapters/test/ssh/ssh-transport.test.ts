import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { type DeviceConnection, type DeviceTarget, type HostKey, HostKeyChangedError } from '@tod/core'
import { expectBytes, expectCode } from '@tod/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { describeHostKey, SshTransport } from '../../src/ssh/index.js'
import {
  answer,
  newKey,
  type SshTestServer,
  type SshTestServerOptions,
  startSshServer,
} from './ssh-test-server.js'

const transport = new SshTransport()
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function serve(options?: SshTestServerOptions): Promise<SshTestServer> {
  const server = await startSshServer(options)
  endings.push(() => server.stop())
  return server
}

/** A peer that is no SSH server: does with each connection what the test says. */
async function servePlain(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = []
  const server: Server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endings.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
  return (server.address() as AddressInfo).port
}

function target(port: number, changes: Partial<DeviceTarget> = {}): DeviceTarget {
  return {
    deviceId: 'router-1',
    host: '127.0.0.1',
    port,
    credentials: { username: 'admin', password: 'secret' },
    verifyHostKey: async () => {},
    ...changes,
  }
}

async function connect(port: number, changes: Partial<DeviceTarget> = {}): Promise<DeviceConnection> {
  const connection = await transport.connect(target(port, changes))
  endings.push(() => connection.close())
  return connection
}

describe('SshTransport: logging in', () => {
  it('logs in with a password and runs a command', async () => {
    const server = await serve()

    const connection = await connect(server.port)
    const reply = await connection.exec('/system identity print')

    expect(Buffer.from(reply.output).toString()).toBe('/system identity print\r\n')
    expect(reply).toMatchObject({ exitStatus: 0, closedInOrder: true })
  })

  it('logs in with an empty password', async () => {
    const server = await serve({
      login: (context) => context.method === 'password' && context.password === '',
    })

    await connect(server.port, { credentials: { username: 'admin', password: '' } })

    expect(server.logins).toEqual(['password:admin:'])
  })

  it('logs in with a private key and never sends a password then', async () => {
    const server = await serve({ login: (context) => context.method === 'publickey' })

    await connect(server.port, {
      credentials: { username: 'admin', privateKey: newKey().private, password: 'unused-secret' },
    })

    expect(server.logins.some((login) => login.startsWith('password'))).toBe(false)
  })

  it('goes on to the password when the key is refused', async () => {
    const server = await serve()

    await connect(server.port, {
      credentials: { username: 'admin', privateKey: newKey().private, password: 'secret' },
    })

    expect(server.logins.at(-1)).toBe('password:admin:secret')
  })

  it('answers a keyboard-interactive question with the password', async () => {
    const server = await serve({
      login: (context) => {
        if (context.method !== 'keyboard-interactive') {
          context.reject(['keyboard-interactive'])
          return undefined
        }
        context.prompt([{ prompt: 'Password: ', echo: false }], (answers) =>
          answers?.[0] === 'secret' ? context.accept() : context.reject(),
        )
        return undefined
      },
    })

    await connect(server.port)
  })

  it('reports a refused login as DEVICE_AUTH_FAILED, not to be tried again, without the password in any text', async () => {
    const server = await serve()

    const error = await transport
      .connect(target(server.port, { credentials: { username: 'admin', password: 'wrong-secret' } }))
      .catch((caught: unknown) => caught)

    expect(error).toMatchObject({ code: 'DEVICE_AUTH_FAILED', retryable: false })
    expect(textOf(error)).not.toContain('wrong-secret')
  })

  it('reports a device that closes after refusing the login as DEVICE_AUTH_FAILED', async () => {
    const server = await serve({
      login: (context) => {
        context.reject(['password'])
        setImmediate(() => {
          for (const socket of server.sockets) socket.destroy()
        })
        return undefined
      },
    })

    await expectCode(transport.connect(target(server.port)), 'DEVICE_AUTH_FAILED')
  })

  it('refuses a private key that cannot be read before anything is sent', async () => {
    const server = await serve()
    const credentials = { username: 'admin', privateKey: 'no key at all', password: 'secret' }

    await expectCode(transport.connect(target(server.port, { credentials })), 'DEVICE_AUTH_FAILED')

    expect(server.connections()).toBe(0)
  })
})

describe('SshTransport: host keys', () => {
  it('shows the key as OpenSSH prints it, and sends credentials only after it was accepted', async () => {
    const key = newKey()
    const server = await serve({ hostKeys: [key.private] })
    const blob = Buffer.from(key.public.split(' ')[1] ?? '', 'base64')
    let seen: HostKey | undefined
    let loginsThen = -1

    const connection = await connect(server.port, {
      verifyHostKey: async (shown) => {
        seen = shown
        loginsThen = server.logins.length
      },
    })

    expect(seen).toEqual({ algorithm: 'ssh-ed25519', fingerprint: describeHostKey(blob).fingerprint })
    expect(loginsThen).toBe(0)
    expect(connection.hostKey).toEqual(seen)
  })

  it('drops the connection with the error of a refusal that comes late, and no credential was sent', async () => {
    const server = await serve()
    const refusal = new HostKeyChangedError({ deviceId: 'router-1', expected: 'SHA256:a', seen: 'SHA256:b' })

    const attempt = transport.connect(
      target(server.port, {
        verifyHostKey: async () => {
          await new Promise<void>((resolve) => setImmediate(resolve))
          throw refusal
        },
      }),
    )

    await expect(attempt).rejects.toBe(refusal)
    expect(server.logins).toEqual([])
  })

  it('asks for the key on record first where the device has several', async () => {
    const server = await serve({ hostKeys: [newKey().private, newKey('rsa').private] })
    const algorithms: string[] = []
    const verifyHostKey = async (seen: HostKey) => void algorithms.push(seen.algorithm)

    await connect(server.port, { verifyHostKey })
    await connect(server.port, { verifyHostKey, knownHostKeyAlgorithm: 'ssh-rsa' })

    expect(algorithms).toEqual(['ssh-ed25519', 'ssh-rsa'])
  })

  it('reaches a device that has nothing but SHA-1 only when that is allowed', async () => {
    const server = await serve({
      hostKeys: [newKey('rsa').private],
      algorithms: { serverHostKey: ['ssh-rsa'], kex: ['diffie-hellman-group14-sha1'] },
    })

    await expectCode(transport.connect(target(server.port)), 'DEVICE_UNREACHABLE')
    await connect(server.port, { legacyAlgorithms: true })

    expect(server.logins).toEqual(['password:admin:secret'])
  })
})

describe('SshTransport: peers that do not play along', () => {
  it('reports a refused connection as DEVICE_UNREACHABLE, worth another try', async () => {
    const server = await startSshServer()
    await server.stop()

    await expect(transport.connect(target(server.port))).rejects.toMatchObject({
      code: 'DEVICE_UNREACHABLE',
      retryable: true,
    })
  })

  it('reports a peer that answers with HTTP as DEVICE_UNREACHABLE', async () => {
    const port = await servePlain((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))

    await expectCode(transport.connect(target(port)), 'DEVICE_UNREACHABLE')
  })

  it('reports a peer that closes at once as DEVICE_UNREACHABLE', async () => {
    const port = await servePlain((socket) => socket.end())

    await expectCode(transport.connect(target(port)), 'DEVICE_UNREACHABLE')
  })

  it('reports a peer that says SSH and then sends noise as DEVICE_UNREACHABLE', async () => {
    const port = await servePlain((socket) =>
      socket.write(Buffer.concat([Buffer.from('SSH-2.0-ROSSSH\r\n'), Buffer.alloc(64, 0xff)])),
    )

    await expectCode(transport.connect(target(port)), 'DEVICE_UNREACHABLE')
  })

  it('waits for a silent peer until the signal fires, and rejects with its reason', async () => {
    const reached = deferred<Socket>()
    const port = await servePlain((socket) => reached.resolve(socket))
    const limit = new AbortController()
    const attempt = transport.connect(target(port), { signal: limit.signal })
    const socket = await reached.promise
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    socket.resume()
    const reason = new Error('time is up')

    limit.abort(reason)

    await expect(attempt).rejects.toBe(reason)
    await closed
  })

  it('does nothing when the signal has fired before', async () => {
    const server = await serve()

    await expectCode(
      transport.connect(target(server.port), { signal: AbortSignal.abort() }),
      'OPERATION_ABORTED',
    )

    expect(server.connections()).toBe(0)
  })
})

describe('SshConnection: commands', () => {
  it('gives binary output back byte for byte, far beyond one window', async () => {
    const output = Buffer.alloc(
      6 * 1024 * 1024,
      Uint8Array.from({ length: 256 }, (_, index) => index),
    )
    const server = await serve({ exec: (_command, channel) => answer(channel, output) })
    const connection = await connect(server.port)

    const reply = await connection.exec('/export', { maxOutputBytes: 8 * 1024 * 1024 })

    expectBytes(reply.output, output)
  })

  it('runs one command after the other and several at once over one connection', async () => {
    const server = await serve()
    const connection = await connect(server.port)

    const first = await connection.exec('first')
    const others = await Promise.all(['a', 'b', 'c'].map((command) => connection.exec(command)))

    expect([first, ...others].map((reply) => Buffer.from(reply.output).toString().trim())).toEqual([
      'first',
      'a',
      'b',
      'c',
    ])
    expect(server.connections()).toBe(1)
  })

  it('tells a channel that just ended from one that was closed in order', async () => {
    const server = await serve({
      exec: (_command, channel) => {
        channel.write('half')
        channel.close()
      },
    })
    const connection = await connect(server.port)

    const reply = await connection.exec('/export')

    expect(reply).toMatchObject({ exitStatus: null, closedInOrder: false })
  })

  it('gives the connection up when more comes than was agreed', async () => {
    const server = await serve({ exec: (_command, channel) => answer(channel, Buffer.alloc(300_000)) })
    const connection = await connect(server.port)

    await expectCode(connection.exec('/export', { maxOutputBytes: 100_000 }), 'DEVICE_OUTPUT_TOO_LARGE')

    expect(connection.closed.aborted || (await aborted(connection.closed))).toBe(true)
  })

  it('reports a connection that breaks in the middle as DEVICE_CONNECTION_LOST, worth another try', async () => {
    const server = await serve({
      exec: (_command, channel) => {
        channel.write('# some export', () => {
          for (const socket of server.sockets) socket.destroy()
        })
      },
    })
    const connection = await connect(server.port)

    await expect(connection.exec('/export')).rejects.toMatchObject({
      code: 'DEVICE_CONNECTION_LOST',
      retryable: true,
    })
    await expectCode(connection.exec('again'), 'DEVICE_CONNECTION_LOST')
    await expectCode(connection.download('x'), 'DEVICE_CONNECTION_LOST')
    expect(connection.closed.aborted).toBe(true)
  })

  it('reports a peer that closes its half of the connection as DEVICE_CONNECTION_LOST', async () => {
    const server = await serve({
      exec: () => {
        for (const socket of server.sockets) socket.end()
      },
    })
    const connection = await connect(server.port)

    await expectCode(connection.exec('/export'), 'DEVICE_CONNECTION_LOST')
  })

  it('ends a command that hangs when the signal fires, and the connection stays usable', async () => {
    const hanging = deferred<void>()
    const server = await serve({
      exec: (command, channel) => (command === 'hang' ? hanging.resolve() : answer(channel, 'fine')),
    })
    const connection = await connect(server.port)
    const limit = new AbortController()
    const reason = new Error('time is up')

    const attempt = connection.exec('hang', { signal: limit.signal })
    await hanging.promise
    limit.abort(reason)

    await expect(attempt).rejects.toBe(reason)
    expect(Buffer.from((await connection.exec('next')).output).toString()).toBe('fine')
  })

  it('refuses a command of several lines', async () => {
    const server = await serve()
    const connection = await connect(server.port)

    await expect(connection.exec('/export\n/system reset-configuration')).rejects.toThrow(TypeError)
  })

  it('closes without waiting for the peer, and a second close does nothing', async () => {
    const server = await serve()
    const connection = await connect(server.port)

    await connection.close()
    await connection.close()

    expect(connection.closed.aborted).toBe(true)
    await expectCode(connection.exec('x'), 'DEVICE_CONNECTION_LOST')
  })
})

describe('SshConnection: files', () => {
  const content = Buffer.alloc(
    1_000_000,
    Uint8Array.from({ length: 251 }, (_, index) => index),
  )

  it('sends a file and fetches it again, over one connection and one channel for files', async () => {
    const server = await serve()
    const connection = await connect(server.port)

    await connection.upload('flash/plan.rsc', content)
    const fetched = await connection.download('flash/plan.rsc')

    expectBytes(server.files.get('flash/plan.rsc') ?? Buffer.alloc(0), content)
    expectBytes(fetched, content)
    expect(server.connections()).toBe(1)
  })

  it('sends and fetches an empty file', async () => {
    const server = await serve()
    const connection = await connect(server.port)

    await connection.upload('empty', new Uint8Array())

    expect(await connection.download('empty')).toEqual(new Uint8Array())
  })

  it('fetches a file while a command runs', async () => {
    const server = await serve({ exec: () => {} })
    server.files.set('x.backup', content)
    const connection = await connect(server.port)
    const limit = new AbortController()
    const running = connection.exec('/export', { signal: limit.signal })

    expectBytes(await connection.download('x.backup'), content)

    limit.abort()
    await expectCode(running, 'OPERATION_ABORTED')
  })

  it.each([
    ['missing', 'no-such-file'],
    ['locked/secret', 'not-permitted'],
  ])('reports a download of %s with the reason %s', async (path, reason) => {
    const server = await serve()
    const connection = await connect(server.port)

    await expect(connection.download(path)).rejects.toMatchObject({
      code: 'DEVICE_FILE_FAILED',
      details: { direction: 'download', reason },
    })
  })

  it('reports a file that is shorter than its size as incomplete', async () => {
    const server = await serve()
    server.files.set('shrinking/x', content)
    const connection = await connect(server.port)

    await expect(connection.download('shrinking/x')).rejects.toMatchObject({
      details: { reason: 'incomplete' },
    })
  })

  it.each([
    ['full/plan.rsc', 'failure'],
    ['lossy/plan.rsc', 'incomplete'],
  ])('reports an upload to %s with the reason %s', async (path, reason) => {
    const server = await serve()
    const connection = await connect(server.port)

    await expect(connection.upload(path, content)).rejects.toMatchObject({
      code: 'DEVICE_FILE_FAILED',
      details: { direction: 'upload', reason },
    })
    await connection.upload('flash/other', content)
  })

  it('does not fetch a file that is larger than the limit', async () => {
    const server = await serve()
    server.files.set('big', content)
    const connection = await connect(server.port)

    await expectCode(connection.download('big', { maxBytes: 1000 }), 'DEVICE_OUTPUT_TOO_LARGE')
  })

  it('reports a device without SFTP', async () => {
    const server = await serve({ sftp: false })
    const connection = await connect(server.port)

    await expect(connection.download('x')).rejects.toMatchObject({ details: { reason: 'no-sftp' } })
  })
})

function aborted(signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(true), { once: true }))
}

/** Everything a log could print of an error, causes included. */
function textOf(error: unknown): string {
  const parts: string[] = []
  for (let at = error; at instanceof Error; at = at.cause)
    parts.push(at.message, at.stack ?? '', JSON.stringify(at))
  return parts.join('\n')
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

import type { Socket } from 'node:net'
import { type HostKey, HostKeyChangedError } from '@tod/core'
import { expectCode } from '@tod/core/testing'
import { describe, expect, it } from 'vitest'
import { describeHostKey } from '../../src/ssh/index.js'
import { connect, deferred, serve, servePlain, target, transport } from './ssh-test-field.js'
import { newKey, startSshServer } from './ssh-test-server.js'

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
    const refusal = new HostKeyChangedError({
      deviceId: 'router-1',
      expected: 'SHA256:a',
      seen: 'SHA256:b',
      seenAlgorithm: 'ssh-ed25519',
    })

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

    await expect(transport.connect(target(server.port))).rejects.toMatchObject({
      code: 'DEVICE_UNREACHABLE',
      message: expect.stringContaining('legacy_algorithms'),
    })
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

  it('reports a port that is none as DEVICE_UNREACHABLE', async () => {
    await expectCode(transport.connect(target(99_999)), 'DEVICE_UNREACHABLE')
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

/** Everything a log could print of an error, causes included. */
function textOf(error: unknown): string {
  const parts: string[] = []
  for (let at = error; at instanceof Error; at = at.cause)
    parts.push(at.message, at.stack ?? '', JSON.stringify(at))
  return parts.join('\n')
}

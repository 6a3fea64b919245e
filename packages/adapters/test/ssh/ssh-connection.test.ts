import { expectBytes, expectCode } from '@tod/core/testing'
import { describe, expect, it } from 'vitest'
import { connect, deferred, serve } from './ssh-test-field.js'
import { answer } from './ssh-test-server.js'

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

import { scrypt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, deflate } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../src/time/virtual-clock.js'

describe('a virtual clock', () => {
  it('jumps from sleep to sleep in their order, without waiting', async () => {
    const clock = new VirtualClock({ startMs: 0 })
    const woken: string[] = []

    await Promise.all([
      clock.sleep(86_400_000).then(() => woken.push(`day ${clock.now()}`)),
      clock.sleep(1000).then(() => woken.push(`second ${clock.now()}`)),
      clock.sleep(60_000).then(() => woken.push(`minute ${clock.now()}`)),
    ])

    expect(woken).toEqual(['second 1000', 'minute 60000', 'day 86400000'])
  })

  it('does not move for timers alone', async () => {
    const clock = new VirtualClock({ startMs: 0 })
    let fired = 0

    clock.setTimer(10, () => fired++)
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))

    expect([fired, clock.now()]).toEqual([0, 0])
  })

  it('fires timers on the way of a sleep, ties in the order of their making', async () => {
    const clock = new VirtualClock({ startMs: 0 })
    const fired: string[] = []
    clock.setTimer(20, () => fired.push('b'))
    clock.setTimer(20, () => fired.push('c'))
    const cancel = clock.setTimer(15, () => fired.push('never'))
    clock.setTimer(10, () => fired.push('a'))

    cancel()
    await clock.sleep(20)

    expect(fired).toEqual(['a', 'b', 'c'])
  })

  it('rejects a sleep when its signal fires, with the reason', async () => {
    const clock = new VirtualClock()
    const controller = new AbortController()
    const sleeping = clock.sleep(1000, { signal: controller.signal })

    controller.abort(new Error('enough'))

    await expect(sleeping).rejects.toThrow('enough')
    expect(clock.monotonicMs()).toBe(0)
  })

  it('stands still while held', async () => {
    const clock = new VirtualClock()
    const release = clock.hold()
    const sleeping = clock.sleep(1000)

    await new Promise((resolve) => setTimeout(resolve, 30))
    const held = clock.monotonicMs()
    release()
    await sleeping

    expect([held, clock.monotonicMs()]).toEqual([0, 1000])
  })

  it('waits for files that are being written and read', async () => {
    const clock = new VirtualClock()
    const directory = await mkdtemp(join(tmpdir(), 'virtual-clock-'))
    const moments: number[] = []

    const work = (async () => {
      for (let round = 0; round < 20; round++) {
        await writeFile(join(directory, 'x'), Buffer.alloc(2_000_000, round))
        await readFile(join(directory, 'x'))
        moments.push(clock.monotonicMs())
      }
    })()
    const sleeping = clock.sleep(60_000)
    await work
    await sleeping
    await rm(directory, { recursive: true })

    expect(new Set(moments)).toEqual(new Set([0]))
  })

  it('waits for compression and key derivation on other threads', async () => {
    const clock = new VirtualClock()
    const sleeping = clock.sleep(60_000)
    const moments: number[] = []

    for (let round = 0; round < 4; round++) {
      await promisify(brotliCompress)(Buffer.alloc(3_000_000, `round ${round}`))
      moments.push(clock.monotonicMs())
      await promisify(deflate)(Buffer.alloc(5_000_000, `round ${round}`))
      moments.push(clock.monotonicMs())
      await promisify(scrypt)('password', 'salt', 64)
      moments.push(clock.monotonicMs())
    }
    await sleeping

    expect(new Set(moments)).toEqual(new Set([0]))
  })

  it('waits for bytes between two sockets, however long the conversation', async () => {
    const clock = new VirtualClock()
    const server = createServer({ noDelay: true }, (socket) => {
      clock.watch(socket, () => false)
      socket.pipe(socket)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as { port: number }
    const client = connect({ port, host: '127.0.0.1', noDelay: true })
    const sleeping = clock.sleep(60_000)
    const moments: number[] = []

    for (let round = 0; round < 200; round++) {
      client.write('ping')
      await once(client, 'data')
      moments.push(clock.monotonicMs())
    }
    client.destroy()
    server.close()
    await sleeping

    expect(new Set(moments)).toEqual(new Set([0]))
  })
})

import { describe, expect, it } from 'vitest'
import { FileStore, type FileStoreOptions } from '../../src/files/file-store.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'
import { WallClock } from '../../src/time/wall-clock.js'

function start(options: FileStoreOptions = {}) {
  const clock = new VirtualClock()
  const wall = new WallClock(clock)
  wall.startBoot(true)
  return { clock, wall, store: new FileStore(wall, options) }
}

const names = (store: FileStore) => store.list().map((file) => file.name)

describe("a router's files", () => {
  it('loses what lies outside flash/ at a restart where the root is a RAM disk', async () => {
    const { store } = start({ layout: 'ram-root' })
    await store.write('a.rsc', Buffer.from('a'))
    await store.write('flash/b.rsc', Buffer.from('b'))

    store.restart('clean', 0)

    expect(names(store)).toEqual(['flash', 'flash/b.rsc'])
  })

  it('keeps everything where the root is the flash', async () => {
    const { store } = start()
    await store.write('a.rsc', Buffer.from('a'))

    store.restart('power-cut', 0)

    expect(names(store)).toEqual(['a.rsc'])
  })

  it('loses writes younger than the write-back time in a power cut, not in a clean restart', async () => {
    const { store, clock, wall } = start({ writeBackMs: 40_000 })
    await store.write('old.rsc', Buffer.from('a'))
    await clock.advance(41_000)
    await store.write('young.rsc', Buffer.from('b'))

    store.restart('power-cut', wall.uptimeMs())

    expect(names(store)).toEqual(['old.rsc'])
  })

  it('counts capacity, replacing included, and gives it back', async () => {
    const { store } = start({ capacityBytes: 100 })
    await store.write('a', Buffer.alloc(60))
    await store.write('a', Buffer.alloc(80))

    await expect(store.write('b', Buffer.alloc(30))).rejects.toThrow('failure: not enough disk space')
    store.remove('a')
    await store.write('b', Buffer.alloc(100))

    expect(store.freeBytes()).toBe(0)
  })

  it('takes the content of a directory along when it is removed', async () => {
    const { store } = start()
    store.makeDirectory('d')
    await store.write('d/x', Buffer.from('x'))

    expect(store.remove('/d/')).toBe(true)
    expect(names(store)).toEqual([])
  })

  it('refuses names that leave the root or lie in no directory', async () => {
    const { store } = start()

    await expect(store.write('../x', Buffer.alloc(1))).rejects.toThrow('bad file name')
    await expect(store.write('no/x', Buffer.alloc(1))).rejects.toThrow('no such directory')
  })
})

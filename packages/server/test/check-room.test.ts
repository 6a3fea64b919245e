import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectCode } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkRoom } from '../src/check-room.js'
import { openTestServer } from './test-server.js'

describe('room for the repositories', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tod-room-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is there in a folder that can be written to', async () => {
    await expect(checkRoom(folder)).resolves.toBeUndefined()
  })

  it('is not there without the folder, or with too little space', async () => {
    await expectCode(checkRoom(join(folder, 'gone')), 'STORAGE_UNAVAILABLE')
    await expectCode(checkRoom(folder, Number.MAX_SAFE_INTEGER), 'STORAGE_FULL')
  })

  it('is asked for by /readyz, which says no more than that, and the log says why', async () => {
    const server = await openTestServer()
    const ready = () => fetch(`${server.server.url}/readyz`)
    expect((await ready()).status).toBe(200)

    await rm(join(server.directory, 'repositories'), { recursive: true })
    const response = await ready()

    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ status: 'not ready' })
    expect(server.logLines.join('')).toContain('STORAGE_UNAVAILABLE')
    await server.close()
  })
})

import type { WritableDeviceDirectory } from '@tod/core'
import { testIds } from '@tod/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { tryCell } from '../../faults/run-cells.js'
import {
  fieldDevice,
  fieldScope,
  openTestField,
  type TestField,
  type TestFieldOptions,
} from '../e2e/test-field.js'

let field: TestField | undefined
afterEach(() => field?.close())

/** A router that differs from its stored revision in two items. */
async function prepare(options: TestFieldOptions = {}) {
  const opened = await openTestField(options)
  field = opened
  await opened.run('/ip firewall address-list add list=one address=192.0.2.1')
  const { commitSha } = await opened.backUp()
  const stored = opened.router.significantText()
  await opened.run('/ip firewall address-list remove [find]; /system identity set name=changed')
  const present = opened.router.significantText()
  const restore = () => opened.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })
  return { field: opened, commitSha, stored, present, restore }
}

const cell = { strategy: 'reconcile', version: '7.16.1' } as const

describe('defects that such services have', { timeout: 120_000 }, () => {
  it('"restored successfully" although the import failed on its first line', async () => {
    const { field, present, restore } = await prepare({
      faults: [{ name: 'fail-import', match: 'plan', line: 1 }],
    })

    const result = await restore()

    expect(result.status).not.toBe('committed')
    expect(field.router.significantText()).toBe(present)
  })

  it('a timer of its own that reverts a good push', async () => {
    const { field, stored, restore } = await prepare()

    const result = await restore()
    await field.clock.sleep(86_400_000)

    expect(result.status).toBe('committed')
    expect(field.router.boots).toBe(0)
    expect(field.router.significantText()).toBe(stored)
  })

  it('pending pushes that are forgotten when the process dies', async () => {
    const { end, violations } = await tryCell({ ...cell, step: 'settling', column: 'process killed' })

    expect({ end, violations }).toEqual({ end: 'committed', violations: [] })
  })

  it('ciphertext pushed to the router', async () => {
    const { field, stored, commitSha, restore } = await prepare()
    const sealed = await field.ports.git.read(fieldScope, {
      deviceId: fieldDevice,
      commitSha,
      file: 'export.rsc',
    })

    const result = await restore()

    expect(new TextDecoder().decode(sealed)).not.toContain('address-list')
    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(field.router.significantText()).toBe(stored)
  })

  it('a guard that is armed before a slow upload', async () => {
    const { restore } = await prepare()

    const { timeline } = await restore()
    const states = timeline.map((entry) => entry.state)

    expect(states.indexOf('uploading')).toBeLessThan(states.indexOf('arming'))
  })

  it('a disarming that fails silently', async () => {
    const result = await tryCell({ ...cell, step: 'disarming', column: 'removal without effect' })

    expect(result).toMatchObject({ told: 'open', violations: [] })
  })

  it('a second click on rollback that brings the broken configuration back', async () => {
    const { field, restore } = await prepare()
    await restore()
    await field.run('/system identity set name=broken')

    const first = await field.tod.rollbacks.rollBack(fieldScope, { deviceId: fieldDevice })
    const afterFirst = field.router.significantText()
    const second = await field.tod.rollbacks.rollBack(fieldScope, { deviceId: fieldDevice })

    expect(second.rolledBackTo).toBe(first.rolledBackTo)
    expect(field.router.significantText()).toBe(afterFirst)
    expect(afterFirst).not.toContain('name=broken')
  })

  it('a preview that compares with the ciphertext', async () => {
    const { field, commitSha } = await prepare()

    const preview = await field.tod.previews.preview(fieldScope, { deviceId: fieldDevice, commitSha })

    expect(JSON.stringify(preview)).toContain('address-list')
  })

  it('a sha of another device that is restored', async () => {
    const { field, commitSha, present } = await prepare()
    const devices = field.ports.devices as WritableDeviceDirectory
    const own = await devices.find(fieldScope, fieldDevice)
    if (own === undefined) throw new Error('The field has no device.')
    await devices.put(fieldScope, { ...own, deviceId: testIds.device2 })

    const restoring = field.tod.restores.restore(fieldScope, { deviceId: testIds.device2, commitSha })

    await expect(restoring).rejects.toMatchObject({ code: 'REVISION_NOT_FOUND' })
    expect(field.router.significantText()).toBe(present)
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import {
  fieldDevice,
  fieldLogin,
  fieldScope,
  openTestField,
  type TestField,
  type TestFieldOptions,
} from './test-field.js'

let field: TestField
afterEach(() => field?.close())

async function prepare(options: TestFieldOptions = {}) {
  field = await openTestField(options)
  const { commitSha } = await field.backUp()
  const stored = field.router.significantText()
  await field.run('/ip firewall address-list add list=one address=192.0.2.1')
  await field.run('/system identity set name=changed')
  const present = field.router.significantText()
  const restore = () => field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })
  return { stored, present, restore }
}

describe('a router whose root is a RAM disk', { timeout: 120_000 }, () => {
  it('keeps the guard on flash, so that it survives a reboot', async () => {
    const { present, restore } = await prepare({
      files: { layout: 'ram-root' },
      faults: [{ name: 'reboot', on: 'import-line', match: 'plan', nth: 10 }],
    })

    const result = await restore()

    expect(result).toMatchObject({ status: 'reverted', openForRecovery: false })
    expect(field.router.significantText()).toBe(present)
    expectClean(field)
  })
})

describe('a router that writes files to flash late', { timeout: 120_000 }, () => {
  it('is not pushed to before the backup of the guard would survive a power cut', async () => {
    const { present, restore } = await prepare({
      files: { writeBackMs: 40_000 },
      faults: [{ name: 'kill', on: 'import-line', match: 'plan', nth: 10 }],
    })

    const result = await restore()

    expect(result).toMatchObject({ status: 'reverted', openForRecovery: false })
    expect(field.router.significantText()).toBe(present)
    expectClean(field)
  })

  it('takes slow writes without costing guard time', async () => {
    const { stored, restore } = await prepare({ files: { writeBytesPerSecond: 500 } })

    const result = await restore()

    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(field.router.significantText()).toBe(stored)
    expectClean(field)
  })
})

describe('a guard that cannot work', { timeout: 120_000 }, () => {
  it.each([
    ['device-mode forbids schedulers', { 'device-mode': 'home' }],
    ['the configuration is flagged', { flagged: 'yes' }],
  ])('stops the push before anything is on the router: %s', async (reason, options) => {
    const { present, restore } = await prepare({ version: '7.18', options })

    await expect(restore()).rejects.toMatchObject({ code: 'GUARD_NOT_ARMED', details: { reason } })

    expect(field.router.significantText()).toBe(present)
    expectClean(field)
  })

  it('stops the push when the account may not do what a load needs', async () => {
    const { present, restore } = await prepare({
      config: '/user group\nadd name=backup policy=ssh,ftp,read,write,policy,test,sensitive,password\n',
      users: [{ name: 'helper', password: fieldLogin.password, group: 'backup' }],
    })
    await field.logInAs({ username: 'helper', password: fieldLogin.password })

    await expect(restore()).rejects.toMatchObject({
      code: 'GUARD_NOT_ARMED',
      details: { reason: 'policies missing: reboot' },
    })
    expect(field.router.significantText()).toBe(present)
    expectClean(field)
  })
})

describe('the host key', { timeout: 120_000 }, () => {
  it('is pinned at first use, and a changed one is refused before anything is sent', async () => {
    const { restore } = await prepare()
    const pinned = await field.ports.hostKeys.find(fieldScope, fieldDevice)
    field.router.regenerateHostKey()

    await expect(restore()).rejects.toMatchObject({
      code: 'HOST_KEY_CHANGED',
      details: { expected: pinned?.fingerprint },
    })
    await expect(field.backUp()).rejects.toMatchObject({ code: 'HOST_KEY_CHANGED' })
    expect(await field.ports.hostKeys.find(fieldScope, fieldDevice)).toEqual(pinned)
  })
})

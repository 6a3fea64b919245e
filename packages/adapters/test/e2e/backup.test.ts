import { type RunRepository, StorageUnavailableError } from '@tod/core'
import { afterEach, describe, expect, it } from 'vitest'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'

let field: TestField
afterEach(() => field?.close())

describe('a backup over SSH', () => {
  it('stores the export byte for byte and leaves nothing on the router', async () => {
    field = await openTestField()
    const sent = await field.run('/export show-sensitive')

    const entry = await field.backUp()

    const stored = await field.tod.backups.readExport(fieldScope, {
      deviceId: fieldDevice,
      commitSha: entry.commitSha,
    })
    const withoutDate = (text: string) => text.replace(/^# .* by/, '# by')
    expect(withoutDate(new TextDecoder().decode(stored))).toBe(withoutDate(sent))
    expect(entry).toMatchObject({ trigger: 'manual', changed: true, encryptionTier: 1, linesRemoved: 0 })
    expect(field.router.files.list().filter((file) => file.name.includes('tod-'))).toEqual([])
  })

  it('keeps the stored text when nothing but the date changed', async () => {
    field = await openTestField()
    const first = await field.backUp()
    await field.clock.sleep(3_600_000)

    const second = await field.backUp()

    expect(second).toMatchObject({
      changed: false,
      linesAdded: 0,
      linesRemoved: 0,
      exportSha256: first.exportSha256,
    })
    expect(second.commitSha).not.toBe(first.commitSha)
  })

  it.each([
    ['always', [true, true, true]],
    ['on-change', [true, false, true]],
    ['never', [false, false, false]],
  ] as const)(
    'takes the binary as the setting "%s" says: at first, unchanged, changed',
    async (binaryBackup, taken) => {
      field = await openTestField({ settings: { binaryBackup } })

      const entries = [await field.backUp(), await field.backUp()]
      await field.run('/system identity set name=changed')
      entries.push(await field.backUp())

      expect(entries.map((entry) => entry.binaryBytes !== null)).toEqual(taken)
    },
  )

  it('counts changed lines against the revision before', async () => {
    field = await openTestField()
    await field.backUp()
    await field.run('/ip firewall address-list add list=a address=192.0.2.1')

    const second = await field.backUp()

    expect(second).toMatchObject({ changed: true, linesRemoved: 0 })
    expect(second.linesAdded).toBeGreaterThan(0)
  })
})

describe('a backup whose row could not be written, since the database was away', () => {
  /** Rows as they are, but for new ones. */
  function withoutInsert(runs: RunRepository): RunRepository {
    return new Proxy(runs, {
      get(target, name) {
        if (name === 'insert') return () => Promise.reject(new StorageUnavailableError({ store: 'database' }))
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  it('is an error, and is listed once the next backup is made', async () => {
    field = await openTestField()
    const first = await field.backUp()
    const failing = field.restart({ runs: withoutInsert(field.ports.runs) })
    const request = { deviceId: fieldDevice, trigger: 'manual' } as const

    await expect(failing.backups.backUp(fieldScope, request)).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    })
    const third = await field.backUp()

    const rows = await field.tod.backups.list(fieldScope, { deviceId: fieldDevice })
    const commits = await field.ports.git.history(fieldScope, { deviceId: fieldDevice })
    expect(rows.map((row) => row.commitSha)).toEqual(commits.map((commit) => commit.commitSha))
    expect([rows[0]?.commitSha, rows[2]?.commitSha]).toEqual([third.commitSha, first.commitSha])
  })
})

describe('a backup while a push holds the device', { timeout: 120_000 }, () => {
  /** Starts a restore, and a backup once the guard is armed. */
  async function backUpDuringPush(settings: object) {
    let backup: Promise<unknown> = Promise.resolve()
    field = await openTestField({
      settings,
      onState: (state, { backUp }) => {
        if (state === 'armed') backup = backUp().catch((error: unknown) => error)
      },
    })
    const { commitSha } = await field.backUp()
    await field.run('/system identity set name=changed')
    await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha, settleWindowMs: 10_000 })
    return backup
  }

  it('waits for its end, and holds no guard', async () => {
    expect(await backUpDuringPush({})).toMatchObject({ trigger: 'manual', holdsGuard: false })
  })

  it('is refused at once when the tenant wants it so', async () => {
    expect(await backUpDuringPush({ backupDuringPush: 'refuse' })).toMatchObject({ code: 'DEVICE_BUSY' })
  })
})

describe('an export that cannot be trusted', { timeout: 120_000 }, () => {
  it.each([
    ['is cut', { name: 'truncate-export', match: '/export', byte: 50 }],
    ['was interrupted', { name: 'interrupt-export', match: '/export', byte: 50 }],
    ['has a failed menu', { name: 'fail-export-menu' }],
  ] as const)('is no revision when it %s', async (_how, fault) => {
    field = await openTestField({
      faults: [{ ...fault, times: 5 }],
      config: '/ip dns\nset servers=192.0.2.53\n',
    })

    await expect(field.backUp()).rejects.toMatchObject({ code: 'EXPORT_INCOMPLETE' })

    expect(await field.tod.backups.list(fieldScope, { deviceId: fieldDevice })).toEqual([])
    expect(await field.tod.backups.listFailures(fieldScope)).toMatchObject([
      { errorCode: 'EXPORT_INCOMPLETE' },
    ])
    expect(field.router.files.list().filter((file) => file.name.includes('tod-'))).toEqual([])
  })

  it('is taken again when it shrank much, and believed when two are equal', async () => {
    field = await openTestField()
    for (let index = 1; index <= 40; index++) {
      await field.run(`/ip firewall address-list add list=many address=192.0.2.${index}`)
    }
    await field.backUp()
    await field.run('/ip firewall address-list remove [find]')

    const entry = await field.backUp()

    expect(entry).toMatchObject({ changed: true, linesAdded: 0 })
    expect(entry.linesRemoved).toBeGreaterThanOrEqual(40)
  })
})

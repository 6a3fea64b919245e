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

  it('counts changed lines against the revision before', async () => {
    field = await openTestField()
    await field.backUp()
    await field.run('/ip firewall address-list add list=a address=192.0.2.1')

    const second = await field.backUp()

    expect(second).toMatchObject({ changed: true, linesRemoved: 0 })
    expect(second.linesAdded).toBeGreaterThan(0)
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'

let field: TestField
afterEach(() => field?.close())

describe.each(['6.49.13', '7.9', '7.16.1', '7.24.5'])(
  'a restore on RouterOS %s',
  { timeout: 120_000 },
  (version) => {
    it('commits what it pushed', async () => {
      field = await openTestField({ version })
      const { commitSha } = await field.backUp()
      const stored = field.router.significantText()
      await field.run('/ip firewall address-list add list=one address=192.0.2.1')
      await field.run('/system identity set name=changed')

      const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

      expect(result).toMatchObject({ status: 'committed', converged: true })
      expect(field.router.significantText()).toBe(stored)
      expectClean(field)
    })

    it('goes back when the import fails', async () => {
      field = await openTestField({ version, faults: [{ name: 'fail-import', match: 'plan', line: 10 }] })
      const { commitSha } = await field.backUp()
      await field.run('/ip firewall address-list add list=one address=192.0.2.1')
      await field.run('/system identity set name=changed')
      const present = field.router.significantText()

      const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

      expect(result).toMatchObject({
        status: 'reverted',
        because: { reason: 'import-failed', statementIndex: 2 },
      })
      expect(field.router.significantText()).toBe(present)
      expectClean(field)
    })

    it('keeps the guard right when the plan moves the clock', async () => {
      field = await openTestField({ version })
      await field.run('/system clock set time-zone-name=Pacific/Kiritimati')
      const { commitSha } = await field.backUp()
      const stored = field.router.significantText()
      await field.run('/system clock set time-zone-name=Pacific/Pago_Pago')

      const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

      expect(result).toMatchObject({ status: 'committed', converged: true })
      expect(field.router.significantText()).toBe(stored)
      await field.clock.sleep(86_400_000)
      expect(field.router.boots).toBe(0)
      expectClean(field)
    })
  },
)

import { CoreError, type OperationEvent } from '@tod/core'
import { afterEach, describe, expect, it } from 'vitest'
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

const onRouter = 'ppp-hunter2-secret'
const wanted = 'ppp-restored-secret'
const known = [onRouter, wanted, fieldLogin.password]

/** All that a caller, a listener or a reader of the journal gets to see of a restore that meets a fault. */
async function everythingShown(options: TestFieldOptions): Promise<string> {
  field = await openTestField(options)
  const events: OperationEvent[] = []
  field.tod.ports.events.subscribe(fieldScope, (event) => events.push(event))
  await field.run(`/ppp secret add name=vpn password=${wanted} service=l2tp`)
  const { commitSha } = await field.backUp()
  await field.run(`/ppp secret set vpn password=${onRouter}`)
  await field.run('/system identity set name=changed')
  const preview = await field.tod.previews.preview(fieldScope, { deviceId: fieldDevice, commitSha })
  const answer = await field.tod.restores
    .restore(fieldScope, { deviceId: fieldDevice, commitSha })
    .catch((error: unknown) =>
      error instanceof CoreError
        ? { message: error.message, details: error.details, code: error.code }
        : Promise.reject(error),
    )
  const operations = await field.tod.restores.list(fieldScope, { deviceId: fieldDevice })
  const audit = await field.tod.ports.audit.list(fieldScope)
  const backups = await field.tod.backups.list(fieldScope, { deviceId: fieldDevice })
  return JSON.stringify({ preview, answer, operations, audit, backups, events })
}

describe('a secret', { timeout: 120_000 }, () => {
  it.each<[string, TestFieldOptions]>([
    ['a restore that commits', {}],
    [
      'an import that fails at the secret',
      {
        faults: [{ name: 'fail-import', match: 'plan', line: 10, value: `failure: bad password ${wanted}` }],
      },
    ],
    ['a connection that breaks', { faults: [{ name: 'drop', match: 'scheduler add' }] }],
    ['a guard that is refused', { faults: [{ name: 'refuse-guard' }] }],
    ['an export that is cut', { faults: [{ name: 'truncate-export', match: '/export', nth: 4, byte: 400 }] }],
    ['an export with a failed menu', { faults: [{ name: 'fail-export-menu', match: 'ppp secret', nth: 3 }] }],
    ['a router that stalls', { faults: [{ name: 'stall', match: 'backup save', nth: 3 }] }],
  ])('is in nothing that is shown: %s', async (_name, options) => {
    const shown = await everythingShown(options)

    expect(shown).toContain(fieldDevice)
    for (const secret of known) expect(shown).not.toContain(secret)
  })
})

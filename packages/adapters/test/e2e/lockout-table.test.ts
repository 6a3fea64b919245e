import { afterEach, describe, expect, it } from 'vitest'
import { type LockoutCase, lockoutCases } from '../../../rsc-parser/test/impact/lockout-cases.js'
import { expectClean } from './expect-clean.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'

/** The parser's table, pushed over SSH: all of it with FULL=1, else a part. */
const isFull = process.env.FULL === '1'
const part = (cases: readonly LockoutCase[]) => cases.filter((_, index) => isFull || index % 5 === 0)
/** Our account on the router is one with all rights; and no export is taken over SSH of a router without SSH. */
const ours = lockoutCases.filter(
  ({ path, name }) => path.user === undefined && name !== 'a service is disabled',
)
const lockouts = ours.filter(({ lockout }) => lockout === 'lockout')
const harmless = ours.filter(({ lockout }) => lockout === 'safe')
/** By which port of the bridge we come in is in no export and no answer: the analysis says `at-risk`, the guard acts. */
const dependOnThePort = new Set([
  'the port of the manager leaves the bridge',
  'the bridge itself is taken out of the management VLAN',
  'the access port admits tagged frames only',
])
/** The router of the tests lets us in where a real one would not: it does not go so deep into its network. */
const beyondTheSimulator = new Set([
  'a list filled by everyone who knocks, then dropped',
  'new connections accepted, established ones dropped',
  'a routing mark sends it away',
  'another service takes the port',
  'ARP only for listed hosts',
  'the managers network appears on another interface',
  'a routing rule that drops answers',
])

let field: TestField
afterEach(() => field?.close())

/** A router with the current side, reached as the case says, and a stored revision of the changed side. */
async function prepare({ current, change, path }: LockoutCase) {
  let changed = current
  for (const [from, to] of change) changed = changed.replace(from, to)
  field = await openTestField({ config: changed })
  const { commitSha } = await field.backUp()
  const uplink = path.source.startsWith('203.') ? 'ether1' : 'ether2'
  const port = path.inInterface === undefined || path.inInterface === 'mgmt' ? uplink : path.inInterface
  const { router } = await field.exchange({
    config: current,
    listeners: [
      {
        name: 'office',
        sourceAddress: path.source,
        destinationAddress: path.destination,
        ingressInterface: port,
        ...(current.includes('name=mgmt') && port === 'ether2' ? { vlanId: 99 } : {}),
      },
    ],
  })
  const before = router.significantText()
  const { transport } = field.ports
  // Ours dials the router's own address; what carries it there is this machine.
  await field.moveTo(router.listeners[0]?.port ?? 0, path.destination)
  const tod = field.restart({
    transport: { connect: (target, options) => transport.connect({ ...target, host: '127.0.0.1' }, options) },
  })
  const restore = (onLockout: 'proceed' | 'refuse') =>
    tod.restores.restore(fieldScope, {
      deviceId: fieldDevice,
      commitSha,
      onLockout,
      allowOtherHardware: true,
    })
  return { router, before, restore }
}

describe('a push that would lock us out', { timeout: 120_000 }, () => {
  const refused = lockouts.filter(({ name }) => !dependOnThePort.has(name))
  const modelled = lockouts.filter(({ name }) => !beyondTheSimulator.has(name))

  it.each(part(refused))('is refused, nothing touched: $name', async (lockout) => {
    const { router, before, restore } = await prepare(lockout)

    await expect(restore('refuse')).rejects.toMatchObject({ code: 'LOCKOUT_REFUSED' })

    expect(router.significantText()).toBe(before)
    expect(router.boots).toBe(0)
    expectClean({ ...field, router })
  })

  it.each(part(modelled))('is taken back by the router itself: $name', async (lockout) => {
    const { router, before, restore } = await prepare(lockout)

    const result = await restore('proceed')

    expect(result).toMatchObject({
      status: 'reverted',
      lockout: { verdict: dependOnThePort.has(lockout.name) ? 'at-risk' : 'lockout' },
      openForRecovery: false,
    })
    expect(router.significantText()).toBe(before)
    expectClean({ ...field, router })
  })
})

describe('a push that leaves our way in alone', { timeout: 120_000 }, () => {
  it.each(part(harmless))('is not refused, and commits: $name', async (change) => {
    const { router, restore } = await prepare(change)

    const result = await restore('refuse')

    expect(result).toMatchObject({ status: 'committed' })
    expectClean({ ...field, router })
  })
})

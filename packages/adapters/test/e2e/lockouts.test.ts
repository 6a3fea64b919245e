import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'
import { twoWaysIn } from './two-ways-in.js'

let field: TestField
afterEach(() => field?.close())

/** What makes the stored revision, and what takes it back; both over the way in that stays open. */
type Edit = readonly [name: string, make: string, undo: string]

const top = 'place-before=[/ip firewall filter find comment=established]'
const office = '192.0.2.10'
const lockouts: readonly Edit[] = [
  [
    'a drop for the manager at the top',
    `/ip firewall filter add chain=input action=drop src-address=${office} comment=t ${top}`,
    '/ip firewall filter remove [find comment=t]',
  ],
  [
    'a reject for a range that holds the manager',
    `/ip firewall filter add chain=input action=reject src-address=192.0.2.8-192.0.2.15 comment=t ${top}`,
    '/ip firewall filter remove [find comment=t]',
  ],
  [
    'a drop by an address list',
    `/ip firewall address-list add list=bad address=${office}; /ip firewall filter add chain=input action=drop src-address-list=bad comment=t ${top}`,
    '/ip firewall filter remove [find comment=t]; /ip firewall address-list remove [find list=bad]',
  ],
  [
    'a drop in a chain that is jumped to',
    `/ip firewall filter add chain=checks action=drop src-address=${office} comment=t; /ip firewall filter add chain=input action=jump jump-target=checks comment=t ${top}`,
    '/ip firewall filter remove [find comment=t]',
  ],
  [
    'a drop in raw prerouting',
    `/ip firewall raw add chain=prerouting action=drop src-address=${office} comment=t`,
    '/ip firewall raw remove [find comment=t]',
  ],
  [
    'a drop of the answers',
    `/ip firewall filter add chain=output action=drop dst-address=${office} comment=t`,
    '/ip firewall filter remove [find comment=t]',
  ],
  [
    'the accept rule narrowed to others',
    '/ip firewall filter set [find comment=ssh] src-address=192.0.2.20',
    '/ip firewall filter set [find comment=ssh] !src-address',
  ],
  [
    'the service limited to others',
    '/ip service set ssh address=192.0.2.20/32',
    '/ip service set ssh address=""',
  ],
]
const harmless: readonly Edit[] = [
  [
    'an interface list that nothing uses',
    '/interface list add name=spare; /interface list member add list=spare interface=ether2',
    '/interface list member remove [find list=spare]; /interface list remove [find name=spare]',
  ],
  ['a DNS server', '/ip dns set servers=192.0.2.53', '/ip dns set servers=""'],
  [
    'a bridge without our port',
    '/interface bridge add name=spare; /interface bridge port add bridge=spare interface=ether3',
    '/interface bridge port remove [find bridge=spare]; /interface bridge remove [find name=spare]',
  ],
  [
    'an accept rule more',
    `/ip firewall filter add chain=input action=accept protocol=icmp comment=t ${top}`,
    '/ip firewall filter remove [find comment=t]',
  ],
  ['another name', '/system identity set name=other', '/system identity set name=office'],
  [
    'a drop for somebody else',
    `/ip firewall filter add chain=input action=drop src-address=198.51.100.7 comment=t ${top}`,
    '/ip firewall filter remove [find comment=t]',
  ],
  [
    'a drop of forwarded traffic',
    '/ip firewall filter add chain=forward action=drop comment=t',
    '/ip firewall filter remove [find comment=t]',
  ],
  [
    'a rule that only logs',
    `/ip firewall filter add chain=input action=log src-address=${office} comment=t ${top}`,
    '/ip firewall filter remove [find comment=t]',
  ],
  [
    'a comment of the rule that lets us in',
    '/ip firewall filter set [find comment=ssh] comment=ssh2',
    '/ip firewall filter set [find comment=ssh2] comment=ssh',
  ],
  [
    'one more address',
    '/ip address add address=203.0.113.1/24 interface=ether2',
    '/ip address remove [find address="203.0.113.1/24"]',
  ],
  [
    'a route elsewhere',
    '/ip route add dst-address=198.51.100.0/24 gateway=192.0.2.253',
    '/ip route remove [find dst-address=198.51.100.0/24]',
  ],
  [
    'a service that is not ours switched off',
    '/ip service set telnet disabled=yes',
    '/ip service set telnet disabled=no',
  ],
]

/** A router that has the undone side, and a stored revision of the other. */
async function prepare([, make, undo]: Edit) {
  field = await openTestField(twoWaysIn)
  const untouched = field.router.significantText()
  await field.run(make, 'home')
  await field.reachBy('home')
  const { commitSha } = await field.backUp()
  const stored = field.router.significantText()
  await field.run(undo, 'home')
  await field.reachBy('office')
  expect(field.router.significantText(), 'the edit was taken back').toBe(untouched)
  const restore = (onLockout: 'proceed' | 'refuse') =>
    field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha, onLockout })
  return { untouched, stored, restore }
}

describe('a push that would lock us out', { timeout: 120_000 }, () => {
  it.each(lockouts)('is refused, nothing touched: %s', async (...edit) => {
    const { untouched, restore } = await prepare(edit)

    await expect(restore('refuse')).rejects.toMatchObject({ code: 'LOCKOUT_REFUSED' })

    expect(field.router.significantText()).toBe(untouched)
    expect(field.router.boots).toBe(0)
    expectClean(field)
  })

  it.each(lockouts)('is taken back by the router itself: %s', async (...edit) => {
    const { untouched, restore } = await prepare(edit)

    const result = await restore('proceed')

    expect(result).toMatchObject({
      status: 'reverted',
      lockout: { verdict: 'lockout' },
      openForRecovery: false,
    })
    expect(field.router.significantText()).toBe(untouched)
    expectClean(field)
  })
})

describe('a push that leaves our way in alone', { timeout: 120_000 }, () => {
  it.each(harmless)('is not refused, and commits: %s', async (...edit) => {
    const { stored, restore } = await prepare(edit)

    const result = await restore('refuse')

    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(field.router.significantText()).toBe(stored)
    expectClean(field)
  })
})

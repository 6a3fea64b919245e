import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/faults/seeded-random.js'
import { testRouter } from '../support/test-router.js'

type Random = () => number

const pick = <T>(random: Random, values: readonly T[]): T => {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new RangeError('nothing to pick from')
  return value
}

/** A good script of that many lines: sections, items that refer to each other, quotes, a loop on one line. */
function goodLines(random: Random, count: number): string[] {
  const lines = ['/interface bridge add name=br0', '/interface list add name=trusted']
  const makers: readonly ((n: number) => string)[] = [
    (n) => `/interface bridge add comment="bridge ${n}" name=br${n}`,
    (n) => `/interface vlan add interface=br0 name=vlan${n} vlan-id=${n}`,
    (n) => `/ip pool add name=pool${n} ranges=10.${n % 250}.0.10-10.${n % 250}.0.99`,
    (n) => `/ip address add address=10.${n % 250}.${Math.floor(n / 250)}.1/24 interface=br0`,
    (n) =>
      `/ip firewall filter add action=accept chain=input comment="rule; \\$[not] code" dst-port=${1000 + n} protocol=tcp`,
    (n) => `/ip firewall address-list add address=192.0.2.${n % 250} list=l${Math.floor(n / 250)}`,
    (n) => `:foreach i in={1;2} do={ /ip dns static add address=192.0.2.$i name="host-${n}-$i" }`,
  ]
  while (lines.length < count) lines.push(pick(random, makers)(lines.length + 2))
  return lines
}

/** Mistakes a person makes, each with a part of what the router says. */
const mistakes: readonly (readonly [string, string])[] = [
  ['/ip adress add address=10.9.9.9/24 interface=br0', 'bad command name adress'],
  ['/ip address ad address=10.9.9.9/24 interfac=br0', 'bad parameter interfac'],
  ['/ip address add adress=10.9.9.9/24 interface=br0', 'bad parameter adress'],
  ['/ip address add address=10.9.9.9/24 interface=nowhere', 'input does not match any value of interface'],
  ['/ip address add address=10.9.9.999/24 interface=br0', 'invalid value for argument address'],
  ['/ip address add address=10.9.9.9/24', 'missing value(s) of argument(s) interface'],
  ['/interface bridge add name=br0', 'failure: already have interface with name br0'],
  ['/interface vlan add interface=br0 name=v4096 vlan-id=5000', 'value of vlan-id out of range'],
  ['/interface bridge remove nosuch', 'no such item'],
  ['/ip firewall filter add action=acept chain=input', 'input does not match any value of action'],
  [
    '/ip firewall filter add action=drop chain=input dst-port=80a protocol=tcp',
    'invalid value for argument dst-port',
  ],
  [
    '/ip firewall nat add action=src-nat chain=srcnat src-address=10.0.0.0/33',
    'invalid value for argument src-address',
  ],
  ['/ip pool add name=broken ranges=10.0.0.300', 'invalid value for argument ranges'],
  ['/ip service add name=x port=1', 'bad command name add'],
  ['/interface bridge add name=quoted comment="no end', 'expected closing quote'],
  ['/interface bridge add name=', 'expected end of command'],
  ['/system identity print foo', 'expected end of command'],
  ['{ /interface bridge add name=block', 'expected closing bracket'],
  [':error "stop here"', 'stop here'],
  ['nonsense', 'bad command name nonsense'],
]

const exportOf = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('#'))

describe('import of a script with one planted mistake', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    it(`stops there, names the line, keeps what stands before it (seed ${seed})`, async () => {
      const random = seededRandom(seed)
      const good = goodLines(random, 5 + Math.floor(random() * 25))
      const [mistake, text] = mistakes[seed % mistakes.length] ?? ['', '']
      // An open quote goes on to the next one, so it stands last.
      const at = mistake.endsWith('no end') ? good.length : 2 + Math.floor(random() * (good.length - 1))
      const bad = [...good.slice(0, at), mistake, ...good.slice(at)]
      const router = await testRouter({ version: '7.16.1' })
      const reference = await testRouter({ version: '7.16.1' })

      const answer = await router.importText(`${bad.join('\n')}\n`)
      const before = await reference.importText(`${good.slice(0, at).join('\n')}\n`)

      expect(before).toBe('Script file loaded and executed successfully\n')
      expect(answer).toContain(text)
      expect(answer).toMatch(new RegExp(`line ${at + 1}\\b`))
      expect(exportOf(router.router.exportText())).toEqual(exportOf(reference.router.exportText()))
    })
  }
})

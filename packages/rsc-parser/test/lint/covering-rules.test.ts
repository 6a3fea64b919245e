import { describe, expect, it } from 'vitest'
import { viewDocument } from '../../src/impact/device-view.js'
import { buildDocument } from '../../src/index.js'
import { CoveringRules } from '../../src/lint/covering-rules.js'
import { changedMatchers, endsChain, matchersOf } from '../../src/lint/firewall-rules.js'
import { isSteady, matchersCover, readMatchers } from '../../src/lint/matcher.js'
import { Random } from '../plan/random-config.js'

const choices: Readonly<Record<string, readonly string[]>> = {
  action: ['accept', 'drop', 'jump', 'log', 'add-src-to-address-list', 'return'],
  'src-address': ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '10.1.2.0-10.1.2.9', '!10.1.0.0/16', '0.0.0.0/0'],
  'dst-address': ['192.0.2.0/24', '192.0.2.7', 'example'],
  'src-address-list': ['a', 'b', '!a'],
  protocol: ['tcp', 'udp'],
  'dst-port': ['80', '80,443', '1-1024', '!80'],
  'connection-state': ['new', 'established,related', 'new,established,related'],
  'in-interface': ['ether1', '!ether1'],
  limit: ['10,5:packet'],
}

function randomRules(random: Random): string {
  const lines = Array.from({ length: 25 }, () => {
    const words = Object.entries(choices).flatMap(([name, values]) =>
      random.chance(name === 'action' ? 0.9 : 0.25) ? [`${name}=${values[random.below(values.length)]}`] : [],
    )
    return `add chain=forward ${words.join(' ')}\n`
  })
  return `/ip firewall filter\n${lines.join('')}`
}

describe('CoveringRules', () => {
  it('finds what comparing with every rule before finds', () => {
    const random = new Random(7)
    let found = 0
    for (let round = 0; round < 400; round++) {
      const text = randomRules(random)
      const index = new CoveringRules()
      let earlier: { line: number; matchers: ReturnType<typeof readMatchers> }[] = []
      for (const rule of viewDocument(buildDocument(text)).items('/ip firewall filter')) {
        const matchers = readMatchers(matchersOf(rule))
        const expected = earlier.find((each) => matchersCover(each.matchers, matchers))?.line
        if (expected !== undefined) found++

        expect(index.find(matchers)?.line, text).toBe(expected)

        const changed = changedMatchers(rule)
        earlier = earlier.filter((each) => !changed.some((name) => each.matchers.has(name)))
        index.change(changed)
        if (!endsChain(rule)) continue
        if (isSteady(matchers)) earlier.push({ line: rule.line, matchers })
        index.add(rule, matchers)
      }
    }
    expect(found).toBeGreaterThan(1000)
  })
})

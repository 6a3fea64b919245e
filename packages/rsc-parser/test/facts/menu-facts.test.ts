import { describe, expect, it } from 'vitest'
import { allMenuPaths, importOrder, importRank, menuFacts } from '../../src/index.js'

describe('the menu table', () => {
  it('knows kind, keys, order and references of a menu in any spelling', () => {
    const filter = menuFacts('/ip/firewall/filter')
    expect(filter).toMatchObject({
      path: '/ip firewall filter',
      kind: 'list',
      ordered: true,
      orderEffect: 'first-match',
      orderScope: ['chain'],
      keys: [],
      builtin: 'removable',
      risk: 'management',
    })
    expect(filter?.refs['src-address-list']).toBe('/ip firewall address-list:list')
    expect(menuFacts('/ip address')?.keys[0]).toEqual(['address', 'interface'])
  })

  it('knows singletons, built-in selectors and secrets', () => {
    expect(menuFacts('/system identity')).toMatchObject({ kind: 'singleton', builtin: 'fixed' })
    expect(menuFacts('/interface ethernet')).toMatchObject({ builtin: 'fixed', builtinKey: 'default-name' })
    expect(menuFacts('/interface wireguard')?.sensitive).toContain('private-key')
  })

  it('gives the defaults of the major version asked for', () => {
    expect(menuFacts('/interface bridge', 6)?.defaults['ingress-filtering']).toBe('no')
    expect(menuFacts('/interface bridge', 7)?.defaults['ingress-filtering']).toBe('yes')
  })

  it('has no entry for what is no menu', () => {
    expect(menuFacts('/no such menu')).toBeUndefined()
    expect(menuFacts('/')).toBeUndefined()
  })

  it('covers more than 500 menus, each with sound facts', () => {
    const paths = allMenuPaths()
    expect(paths.length).toBeGreaterThan(500)
    for (const path of paths) {
      const facts = menuFacts(path)
      expect(facts?.path).toBe(path)
      if (facts?.kind === 'singleton') expect(facts.builtin).toBe('fixed')
    }
  })
})

describe('the import order', () => {
  it('puts what others refer to first', () => {
    for (const major of [6, 7]) {
      expect(importRank('/interface bridge', major)).toBeLessThan(importRank('/ip address', major))
      expect(importRank('/interface list', major)).toBeLessThan(importRank('/interface list member', major))
      expect(importRank('/ip pool', major)).toBeLessThan(importRank('/ip dhcp-server network', major))
      expect(importRank('/ip address', major)).toBeLessThan(importRank('/ip firewall filter', major))
    }
  })

  it('ranks every menu of the table, and unknown menus last', () => {
    const order = importOrder(7)
    for (const path of allMenuPaths()) expect(order).toContain(path)
    expect(importRank('/no such menu')).toBeGreaterThanOrEqual(order.length)
  })
})

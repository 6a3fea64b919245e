import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { resolveCommand } from '../../src/index.js'

const commands = fileURLToPath(new URL('../../../../../shared/facts/commands.json', import.meta.url))
const resolve = (line: string, menu = '/') => {
  const { menu: path, verb, used } = resolveCommand(line.split(' '), menu)
  return [path, verb, used]
}

describe('splitting a command into path and verb', () => {
  it.each([
    ['/ip address add', '/', ['/ip address', 'add', 3]],
    ['/ip/firewall/filter/add', '/', ['/ip firewall filter', 'add', 1]],
    ['/ip/firewall filter add', '/', ['/ip firewall filter', 'add', 3]],
    ['add', '/ip address', ['/ip address', 'add', 1]],
    ['filter add', '/ip firewall', ['/ip firewall filter', 'add', 2]],
    ['.. address print', '/ip firewall', ['/ip address', 'print', 3]],
    ['../nat/add', '/ip firewall filter', ['/ip firewall nat', 'add', 1]],
    ['..', '/ip firewall', ['/ip', '', 1]],
    ['/', '/ip firewall', ['/', '', 1]],
    ['/ip firewall', '/', ['/ip firewall', '', 2]],
    ['/ip fi fil pr', '/', ['/ip firewall filter', 'print', 4]],
    ['/in eth set', '/', ['/interface ethernet', 'set', 3]],
    [':put', '/ip address', ['/ip address', 'put', 1]],
    [': put', '/ip address', ['/ip address', 'put', 2]],
    [':ip address add', '/system', ['/ip address', 'add', 3]],
    ['put x', '/', ['/', 'put', 1]],
    ['/ip newmenu thing add a', '/', ['/ip newmenu thing', 'add', 4]],
  ])('reads %j in %s', (line, menu, expected) => {
    expect(resolve(line, menu)).toEqual(expected)
  })

  it('says when the menu or the verb is not known', () => {
    expect(resolveCommand(['/ip', 'newmenu', 'add'], '/')).toMatchObject({
      knownMenu: false,
      menu: '/ip newmenu',
    })
    expect(resolveCommand(['frobnicate'], '/ip address')).toMatchObject({ knownMenu: true, knownVerb: false })
    expect(resolveCommand(['constructor'], '/')).toMatchObject({ knownVerb: false })
  })

  it.skipIf(!existsSync(commands))(
    'agrees with the split tests of the fact tables (skipped without ../shared/facts)',
    () => {
      const { splitTests } = JSON.parse(readFileSync(commands, 'utf8')) as {
        splitTests: [string, string, string][]
      }
      expect(splitTests.length).toBeGreaterThan(30)
      for (const [line, path, verb] of splitTests)
        expect([line, ...resolve(line)].slice(0, 3)).toEqual([line, path, verb])
    },
  )
})

import { describe, expect, it } from 'vitest'
import { buildDocument, renderDocument } from '../../src/index.js'

const source = `# 2024-10-25 12:09:43 by RouterOS 7.15.2
/interface wifi
# Interface not running
set [ find default-name=wifi1 ] configuration.country=Latvia .mode=ap .ssid=\\
    "a b" disabled=no
/ip pool
add name="x" ranges=10.0.0.2
/ip firewall filter
add chain=input !src-port
:put done
`

describe('rendering a document', () => {
  it('as terse text has path and command on one line and remarks before it', () => {
    expect(renderDocument(buildDocument(source), { style: 'terse' })).toBe(
      `# 2024-10-25 12:09:43 by RouterOS 7.15.2
# Interface not running
/interface wifi set [ find default-name=wifi1 ] configuration.country=Latvia .mode=ap .ssid="a b" disabled=no
/ip pool add name=x ranges=10.0.0.2
/ip firewall filter add chain=input !src-port
/ip firewall filter
:put done
`,
    )
  })

  it('as compact text is what a device would have written', () => {
    const terse = renderDocument(buildDocument(source), { style: 'terse' })
    expect(renderDocument(buildDocument(terse), { style: 'compact' })).toBe(
      source.replace('name="x"', 'name=x'),
    )
  })

  it('writes CRLF when asked', () => {
    const text = renderDocument(buildDocument('/ip pool\nadd name=x\n'), {
      style: 'one-per-line',
      lineEnd: '\r\n',
    })
    expect(text).toBe('/ip pool\r\nadd \\\r\n    name=x\r\n')
  })

  it('keeps code and its menu in front of relative commands', () => {
    const text = '/ip address\nremove [find]\n/ip pool add name=x\nadd address=1.1.1.1/24 interface=a\n'
    const again = renderDocument(buildDocument(text), { style: 'compact' })
    expect(again).toBe(
      '/ip address\nremove [find]\n/ip pool\nadd name=x\n/ip address\nadd address=1.1.1.1/24 interface=a\n',
    )
  })

  it('is stable for long text with variables in it', () => {
    const text = `/ip firewall filter\nadd action=drop chain=input comment="$version: ${'a long remark '.repeat(9)}"\n`
    const once = renderDocument(buildDocument(text), { style: 'compact' })

    expect(once.split('\n').length).toBeGreaterThan(3)
    expect(renderDocument(buildDocument(once), { style: 'compact' })).toBe(once)
    expect(renderDocument(buildDocument(once), { style: 'terse' }).split('\n')).toHaveLength(2)
  })

  it('is stable', () => {
    for (const style of ['compact', 'terse', 'one-per-line'] as const) {
      const once = renderDocument(buildDocument(source), { style })
      expect(renderDocument(buildDocument(once), { style })).toBe(once)
    }
  })
})

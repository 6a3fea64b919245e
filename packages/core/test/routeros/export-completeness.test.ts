import { describe, expect, it } from 'vitest'
import { utf8Bytes } from '../../src/digest/sha256.js'
import { firstLine, readExport } from '../../src/export/read-export.js'
import { judgeCompleteness } from '../../src/routeros/export-completeness.js'

const header = '# jan/14/2025 17:50:17 by RouterOS 6.49.13\r\n# software id = \r\n#\r\n'
const judge = (text: string) => {
  const read = readExport(utf8Bytes(text))
  return judgeCompleteness(read.document, firstLine(read.text))
}

describe('an export', () => {
  it('is complete with a header and nothing that failed', () => {
    expect(judge(`${header}/ip address\r\nadd address=192.0.2.1/24 interface=ether1\r\n`)).toEqual({
      complete: true,
      incompleteMenus: [],
    })
    expect(judge(header).complete).toBe(true)
  })

  it('stands menus that fail on healthy devices, and names them', () => {
    const text = `${header}#error exporting /interface bridge calea\r\n#error exporting /ip/firewall/calea\r\n#error exporting /tool user-manager user\r\n`

    expect(judge(text)).toEqual({
      complete: true,
      incompleteMenus: ['/interface bridge calea', '/ip firewall calea', '/tool user-manager user'],
    })
  })

  it.each([
    ['no-header', '/ip address\r\nadd address=192.0.2.1/24\r\n'],
    ['no-header', ''],
    ['no-header', 'bad command name export (line 1 column 1)\r\n'],
    ['interrupted', `${header}/ip address\r\n#interrupted\r\n`],
    ['menu-failed', `${header}#error exporting /ip socks\r\n`],
    ['menu-failed', `${header}#error exporting "/ip/socks" (timeout)\r\n`],
  ])('is not complete: %s in %j', (reason, text) => {
    expect(judge(text)).toEqual({ complete: false, reason })
  })

  it('is not fooled by such a line inside a quoted script', () => {
    const text = `${header}/system script\r\nadd name=x source="a\\r\\\r\n    \\n#interrupted\\r\\\r\n    \\n#error exporting /ip socks"\r\n`

    expect(judge(text).complete).toBe(true)
  })
})

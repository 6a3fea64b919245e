import { describe, expect, it } from 'vitest'
import { utf8Bytes } from '../../src/digest/sha256.js'
import { countLineChanges } from '../../src/export/count-line-changes.js'
import { readExport } from '../../src/export/read-export.js'

const header = '# 2026-01-05 09:00:00 by RouterOS 7.16.1\r\n# software id = AB12-CD34\r\n#\r\n'
const guard =
  'add interval=3m name=tod-guard-0123456789abcdef on-event=\\\r\n    "/system backup load name=x password=\\"\\"" start-date=2026-01-05 start-time=09:00:00\r\n'
const body = '/ip address\r\nadd address=192.0.2.1/24 interface=ether1\r\n'

describe('readExport', () => {
  it('leaves our guard out of the meaning, and says that it was there', () => {
    const plain = readExport(utf8Bytes(`${header}${body}`))
    const guarded = readExport(utf8Bytes(`${header}${body}/system scheduler\r\n${guard}`))

    expect(guarded.holdsGuard).toBe(true)
    expect(plain.holdsGuard).toBe(false)
    expect(guarded.significant).toBe(plain.significant)
    expect(guarded.document.menu('/system scheduler')).toBeUndefined()
  })

  it('keeps other scheduler entries beside our guard', () => {
    const other = '/system scheduler\r\nadd interval=1d name=nightly on-event=x\r\n'
    const guarded = readExport(utf8Bytes(`${header}${body}${other}${guard}`))

    expect(guarded.significant).toBe(readExport(utf8Bytes(`${header}${body}${other}`)).significant)
  })

  it('does not care for the date line and line ends', () => {
    const later = `${header}${body}`.replace('09:00:00', '10:11:12').replaceAll('\r\n', '\n')

    expect(readExport(utf8Bytes(later)).significantSha256).toBe(
      readExport(utf8Bytes(`${header}${body}`)).significantSha256,
    )
  })

  it('keeps bytes that are no UTF-8', () => {
    const bytes = Uint8Array.of(...utf8Bytes(header), 0x23, 0x20, 0xe9, 0xff, 0x0a)

    expect(readExport(bytes).bytes).toEqual(bytes)
  })
})

describe('countLineChanges', () => {
  it('counts all lines of a first text as added', () => {
    expect(countLineChanges(undefined, 'a\nb\n')).toEqual({ linesAdded: 2, linesRemoved: 0 })
  })

  it('counts as a line diff does', () => {
    expect(countLineChanges('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual({ linesAdded: 2, linesRemoved: 1 })
    expect(countLineChanges('a\nb\n', 'a\nb\n')).toEqual({ linesAdded: 0, linesRemoved: 0 })
    expect(countLineChanges('', 'a\n')).toEqual({ linesAdded: 1, linesRemoved: 0 })
    expect(countLineChanges('a\nb\n', 'b\na\n')).toEqual({ linesAdded: 1, linesRemoved: 1 })
  })

  it('stays fast on texts that have nothing in common', () => {
    const left = Array.from({ length: 30_000 }, (_, index) => `left ${index}`).join('\n')
    const right = Array.from({ length: 20_000 }, (_, index) => `right ${index}`).join('\n')

    expect(countLineChanges(left, right)).toEqual({ linesAdded: 20_000, linesRemoved: 30_000 })
  })
})

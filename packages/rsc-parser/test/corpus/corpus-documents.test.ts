import { describe, expect, it } from 'vitest'
import {
  buildDocument,
  byteStringToBytes,
  diffDocuments,
  embeddedScripts,
  formatValue,
  menuFacts,
  parseBytes,
  type RscDocument,
  renderDocument,
} from '../../src/index.js'
import { corpusNote, hasCorpus, readCorpus } from './corpus.js'

const exports = readCorpus('exports').map((file) => ({
  ...file,
  document: buildDocument(parseBytes(file.bytes)),
}))

/** Files with findings that are true: read by eye. Everything else has to be free of them. */
const trulyBroken: Readonly<Record<string, readonly string[]>> = {
  // Uploads cut in the middle of the file.
  'exports/004': ['truncated-export', 'unterminated-string'],
  'exports/026': ['truncated-export', 'unterminated-string'],
  'exports/194': ['truncated-export'],
  'exports/195': ['truncated-export', 'unterminated-string'],
  // A line ends in a continuation and the next begins a new command; written by hand.
  'exports/055': ['duplicate-property'],
  // A remark written by hand behind a command.
  'exports/095': ['comment-after-command'],
  // The device itself writes `disabled=no` twice in these menus.
  'exports/150': ['duplicate-property'],
  'exports/187': ['duplicate-property'],
  'exports/188': ['duplicate-property'],
  // Console output pasted with prompts, tables and answers of commands.
  'exports/144': ['console-prompt', 'not-configuration', 'unknown-command'],
  'exports/153': ['console-prompt', 'unknown-command'],
  'exports/158': ['console-prompt', 'not-configuration', 'unknown-command'],
  // Parts left out by hand and marked with dots.
  'exports/155': ['unknown-command'],
  // The boundary of a mail stands behind the export.
  'exports/180': ['not-configuration'],
  'exports/181': ['not-configuration'],
}

function state(document: RscDocument): string {
  return JSON.stringify(
    document.items.map((item) => [
      item.menu,
      item.verb,
      [...item.properties.values()].map(({ name, value, state }) => [name, state, value]),
    ]),
  )
}

describe.skipIf(!hasCorpus)(`documents of the genuine exports${corpusNote}`, () => {
  it('have no finding but the true ones', () => {
    const expected = Object.entries(trulyBroken).map(([name, codes]) => `${name}: ${codes.join(', ')}`)
    const found = exports.flatMap(({ name, document }) => {
      const codes = new Set(document.problems.map((problem) => problem.code))
      // A console prompt above or below the export and a menu the device failed on are no faults of the text.
      if (!(name in trulyBroken)) codes.delete('console-prompt')
      codes.delete('export-error')
      return codes.size === 0 ? [] : [`${name}: ${[...codes].sort().join(', ')}`]
    })
    expect(found.sort()).toEqual(expected.sort())
  })

  it('know every menu', () => {
    const unknown = exports.flatMap(({ name, document }) =>
      document.menus
        .filter((section) => section.facts === undefined)
        .map((section) => `${name} ${section.path}`),
    )
    expect(unknown).toEqual([])
    expect(exports.reduce((sum, { document }) => sum + document.items.length, 0)).toBeGreaterThan(24_000)
  })

  it('state the version where there is one', () => {
    expect(exports.filter(({ document }) => document.header.majorIsStated).length).toBeGreaterThan(180)
  })

  it('are written again byte by byte as the device wrapped them', () => {
    let wrapped = 0
    let equal = 0
    for (const { document } of exports) {
      if (document.header.layout === 'terse') continue
      const at = (width: number) => {
        const again = buildDocument(renderDocument(document, { style: 'compact', width }))
        return document.items.map((item, i) => {
          const written = document.source.text(item.range).replace(/\r\n?/g, '\n')
          const other = again.items[i]
          return written.includes('\\\n') ? written === (other && again.source.text(other.range)) : undefined
        })
      }
      // One export was taken on a terminal of 237 columns.
      const results = at(80)
      const wide = results.includes(true) ? results : at(237)
      wrapped += wide.filter((result) => result !== undefined).length
      equal += wide.filter((result) => result === true).length
    }
    expect(wrapped).toBeGreaterThan(3500)
    // The rest are hand edits, masked values and terminals of other widths.
    expect(equal / wrapped).toBeGreaterThan(0.97)
  })

  it('mean the same in every layout, with another date and other line ends', () => {
    const changed: string[] = []
    for (const { name, document } of exports) {
      for (const style of ['compact', 'terse', 'one-per-line'] as const) {
        for (const lineEnd of ['\n', '\r\n'] as const) {
          const text = renderDocument(document, { style, lineEnd }).replace(
            /^# .* by RouterOS/,
            document.header.major < 7
              ? '# jan/02/1970 00:00:01 by RouterOS'
              : '# 1970-01-02 00:00:01 by RouterOS',
          )
          const again = buildDocument(text, { major: document.header.major })
          const { changes } = diffDocuments(document, again)
          if (changes.length > 0 || state(again) !== state(document))
            changed.push(`${name} ${style} ${JSON.stringify(lineEnd)}: ${changes.length}`)
        }
      }
    }
    expect(changed).toEqual([])
  })

  it('mean the same when every default is written out', () => {
    /** Built-in entries that start otherwise than the items of their menu. */
    const startOtherwise = ['/system logging [3] action', '/ppp profile [*FFFFFFFE] use-encryption']
    const changed: string[] = []
    let filled = 0
    for (const { name, document } of exports) {
      const lines = document.items.map((item) => {
        const facts = menuFacts(item.menu, document.header.major)
        const entry = item.selector === undefined ? '' : document.source.text(item.selector.range)
        const missing = Object.entries(facts?.defaults ?? {}).filter(
          ([property]) =>
            !item.properties.has(property) && !startOtherwise.includes(`${item.menu} [${entry}] ${property}`),
        )
        filled += missing.length
        const defaults = missing.map(([property, value]) => ` ${property}=${formatValue(value)}`).join('')
        const command = document.source.text(item.range)
        const heading = command.startsWith('/') ? '' : `${item.menu}\n`
        return `${heading}${command}${defaults}\n`
      })
      const again = buildDocument(parseBytes(byteStringToBytes(lines.join(''))), {
        major: document.header.major,
      })
      const { changes } = diffDocuments(document, again)
      if (changes.length > 0) changed.push(`${name}: ${changes.length}`)
    }
    expect(filled).toBeGreaterThan(50_000)
    expect(changed).toEqual([])
  })

  it('have embedded scripts whose positions lead back to the file', () => {
    let scripts = 0
    for (const { document } of exports) {
      for (const item of document.items) {
        for (const script of embeddedScripts(document, item)) {
          scripts++
          const { source } = script.tree
          const whole = script.toSource({ start: 0, end: source.length })
          expect(whole.start).toBeGreaterThanOrEqual(script.property.valueRange.start)
          expect(whole.end).toBeLessThanOrEqual(script.property.valueRange.end)
        }
      }
    }
    expect(scripts).toBeGreaterThan(500)
  })
})

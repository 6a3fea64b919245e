import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  buildDocument,
  parseBytes,
  printBytes,
  type RscDocument,
  significantProperties,
} from '../../src/index.js'

const folder = fileURLToPath(new URL('../golden/', import.meta.url))

/** What a reader of the golden file checks by eye: everything but offsets. */
function outline(document: RscDocument): string {
  const { range: _, ...header } = document.header
  const lines = [`header ${JSON.stringify(header)}`]
  for (const section of document.menus) {
    lines.push('', `${section.path} (${section.kind}${section.facts === undefined ? ', unknown' : ''})`)
    for (const item of section.items) {
      for (const comment of item.comments) lines.push(`  # ${comment.text}`)
      const { line } = document.source.position(item.range.start)
      lines.push(`  ${item.verb} line ${line} ${item.identity.kind} ${JSON.stringify(item.identity.text)}`)
      if (item.selector !== undefined) {
        const { range: _selectorRange, ...selector } = item.selector
        lines.push(`    selector ${JSON.stringify(selector)}`)
      }
      for (const { name, state, value, constant } of item.properties.values()) {
        const kind = state === 'set' ? (constant ? '=' : '= (to evaluate)') : `(${state})`
        lines.push(`    ${name} ${kind}${state === 'set' ? ` ${JSON.stringify(value)}` : ''}`)
      }
      const significant = [...significantProperties(item, document.header.major)]
      lines.push(`    significant ${JSON.stringify(Object.fromEntries(significant))}`)
    }
  }
  lines.push('')
  for (const { menu, verb, range } of document.otherStatements) {
    lines.push(`other line ${document.source.position(range.start).line}: ${menu} ${JSON.stringify(verb)}`)
  }
  for (const { path, reason } of document.incompleteMenus)
    lines.push(`incomplete ${path} ${reason ?? ''}`.trim())
  if (document.interrupted) lines.push('interrupted')
  for (const { code, range } of document.problems) {
    const { line, column } = document.source.position(range.start)
    lines.push(`problem ${code} at ${line}:${column}`)
  }
  return `${lines.join('\n')}\n`
}

describe('golden files', () => {
  for (const name of readdirSync(folder)) {
    it(`${name} has the outline that was reviewed`, async () => {
      const bytes = new Uint8Array(readFileSync(`${folder}${name}/input.rsc`))
      const tree = parseBytes(bytes)
      expect(printBytes(tree)).toEqual(bytes)
      await expect(outline(buildDocument(tree))).toMatchFileSnapshot(`${folder}${name}/outline.txt`)
    })
  }
})

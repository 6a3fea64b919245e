import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import {
  buildDocument,
  diffDocuments,
  fixText,
  type LintConfig,
  lintRules,
  lintText,
  parse,
} from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const headings = ['What it finds', 'Why it matters', 'Wrong', 'Right', 'When not to use']

/** Only this rule, on the whole of a configuration. */
function only(id: string): LintConfig {
  return { extends: [], rules: { [id]: 'error' }, kind: 'export' }
}

function findingsOf(text: string, id: string): string {
  return lintText(text, only(id))
    .map((finding) => {
      const related = finding.related.map((place) => `  ${place.line}: ${place.message}\n`).join('')
      return `${finding.line}:${finding.column} ${finding.message}${finding.fix === undefined ? '' : ' [fixable]'}\n${related}`
    })
    .join('')
}

function exampleUnder(page: string, heading: string): string {
  return new RegExp(`## ${heading}\\n\\n\`\`\`rsc\\n([\\s\\S]*?)\\n\`\`\``).exec(page)?.[1] ?? ''
}

describe.each(lintRules.map((rule) => ({ id: rule.id, rule })))('rule $id', ({ id, rule }) => {
  it('has a page with the five headings in order, and the page is in the list', () => {
    const page = read(`docs/rules/${id}.md`)

    expect(page.startsWith(`# ${id}\n\n${rule.summary}\n`)).toBe(true)
    expect([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(headings)
    expect(read('docs/rules/README.md')).toContain(`[${id}](${id}.md)`)
    expect(page).toContain(`\`recommended\`: ${rule.recommended}, \`security\`: ${rule.security}.`)
    expect(page.includes('Looks at full exports only.')).toBe(rule.needsFullExport === true)
  })

  it('finds what its page calls wrong and nothing in what it calls right', () => {
    const page = read(`docs/rules/${id}.md`)

    expect(lintText(exampleUnder(page, 'Wrong'), only(id))).not.toEqual([])
    expect(findingsOf(`${exampleUnder(page, 'Right')}\n`, id)).toBe('')
  })

  it('says about its invalid examples what stands beside them, and nothing about the valid ones', () => {
    const examples = readdirSync(new URL(`test/rules/${id}/`, root))

    expect(examples).toContain('invalid.rsc')
    expect(examples).toContain('valid.rsc')
    for (const name of examples.filter((each) => each.startsWith('invalid'))) {
      const golden = name.replace('invalid', 'findings').replace('.rsc', '.txt')
      const expected = new URL(`test/rules/${id}/${golden}`, root)
      const found = findingsOf(read(`test/rules/${id}/${name}`), id)
      if (process.env.GOLDEN_UPDATE === '1') writeFileSync(expected, found)

      expect(found).not.toBe('')
      expect(found).toBe(existsSync(expected) ? readFileSync(expected, 'utf8') : `(no ${golden})`)
    }
    for (const name of examples.filter((each) => each.startsWith('valid')))
      expect({ name, found: findingsOf(read(`test/rules/${id}/${name}`), id) }).toEqual({ name, found: '' })
  })

  it('is silent on fragments when it needs the whole configuration', () => {
    const text = read(`test/rules/${id}/invalid.rsc`)
    const onFragment = lintText(text, { ...only(id), kind: 'fragment' })

    expect(onFragment.length === 0).toBe(rule.needsFullExport === true)
  })

  it('fixes without changing what the device does, and fixing twice is fixing once', () => {
    const text = read(`test/rules/${id}/invalid.rsc`)
    const once = fixText(text, only(id))
    const twice = fixText(once.text, only(id))

    expect(twice.text).toBe(once.text)
    expect(twice.fixed).toBe(0)
    expect(diffDocuments(buildDocument(parse(text)), buildDocument(parse(once.text))).changes).toEqual([])
  })
})

describe('the rules together', () => {
  it('are thirty-five or more, sorted, each with its own files', () => {
    const ids = lintRules.map((rule) => rule.id)

    expect(ids.length).toBeGreaterThanOrEqual(35)
    expect(ids).toEqual([...ids].sort())
    expect(readdirSync(new URL('test/rules/', root)).sort()).toEqual(ids)
    const pages = readdirSync(new URL('docs/rules/', root)).filter((name) => name !== 'README.md')
    expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`))
  })

  it('are the ones that the schema of the configuration knows', () => {
    const schema = JSON.parse(read('rsclint.schema.json'))

    expect(Object.keys(schema.definitions.rules.properties)).toEqual(lintRules.map((rule) => rule.id))
  })
})

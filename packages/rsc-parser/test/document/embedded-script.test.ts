import { describe, expect, it } from 'vitest'
import { buildDocument, embeddedScripts, parseBytes } from '../../src/index.js'
import { show } from '../show.js'

const scripts = (text: string) => {
  const document = buildDocument(text)
  const item = document.items[0]
  return item === undefined ? [] : embeddedScripts(document, item)
}

describe('code inside a property', () => {
  it('is parsed from a quoted source with its escapes undone', () => {
    const [script] = scripts(
      '/system script\nadd name=x source=":local a \\"b c\\"\\r\\\n    \\n:put \\$a;\\\n    \\n"\n',
    )
    expect(script && [...script.tree.statements()].map(show)).toEqual(['{:local a "b c"}', '{:put $a}'])
  })

  it('has positions that lead back into the file', () => {
    const text = '/system script\nadd name=x source="# one\\n\\\n    :put \\"\\C3\\A9\\" [bad\\n"\n'
    const [script] = scripts(text)
    const node = script?.tree.statement(1)
    const range = node && script?.toSource(node.range)
    expect(range && text.slice(range.start, range.end)).toBe(':put \\"\\C3\\A9\\" [bad\\n')
    const problem = script?.tree.problems[0]
    const at = problem && script?.toSource(problem.range)
    expect(problem?.code).toBe('unclosed-bracket')
    expect(at && text.slice(at.start, at.end)).toBe('[')
  })

  it('is taken raw from braces', () => {
    const text = '/system scheduler\nadd name=x on-event={ :put "a\\n"; /ip address print }\n'
    const [script] = scripts(text)
    const node = script?.tree.statement(0)
    const range = node && script?.toSource(node.range)
    expect(range && text.slice(range.start, range.end)).toBe(':put "a\\n"')
    expect(script?.tree.statementCount).toBe(2)
  })

  it('is left alone when the value only names a script', () => {
    expect(scripts('/system scheduler\nadd name=x on-event=my-script\n')).toEqual([])
  })

  it('keeps bytes of a byte source', () => {
    const document = buildDocument(
      parseBytes(
        Uint8Array.from([...'/system script\nadd source=":put \xe9"\n'].map((c) => c.charCodeAt(0))),
      ),
    )
    const item = document.items[0]
    const [script] = item === undefined ? [] : embeddedScripts(document, item)
    expect(script?.tree.source).toBe(':put \xe9')
  })
})

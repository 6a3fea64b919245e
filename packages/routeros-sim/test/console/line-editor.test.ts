import { describe, expect, it } from 'vitest'
import { KeyReader } from '../../src/console/key-reader.js'
import { LineEditor } from '../../src/console/line-editor.js'

function edit(...typed: string[]): LineEditor {
  const editor = new LineEditor()
  const keys = new KeyReader()
  for (const text of typed) {
    for (const key of keys.read(text)) {
      if (key.kind === 'enter') editor.take(true)
      else editor.apply(key)
    }
  }
  return editor
}

describe('the line under the cursor', () => {
  it('takes text where the cursor is', () => {
    expect(edit('/ip prnt\x1b[D\x1b[Di').text).toBe('/ip print')
  })

  it('rubs out with backspace and delete', () => {
    expect(edit('abcd\x7f\x1b[D\x1b[3~').text).toBe('ab')
  })

  it('clears the line, or what is behind the cursor', () => {
    expect(edit('abc\x15x').text).toBe('x')
    expect(edit('abcdef\x01\x06\x06\x0b').text).toBe('ab')
  })

  it('brings earlier lines back', () => {
    expect(edit('one\rtwo\r\x1b[A\x1b[A').text).toBe('one')
    expect(edit('one\rtwo\r\x1b[A\x1b[A\x1b[B').text).toBe('two')
  })

  it('puts an escape sequence together that arrives in two packets', () => {
    expect(edit('ab\x1b', '[Dx').text).toBe('axb')
  })

  it('completes the last word', () => {
    const editor = edit('/ip addr')

    editor.complete('address ')

    expect(editor.text).toBe('/ip address ')
  })
})

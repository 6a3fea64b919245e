import { describe, expect, it } from 'vitest'
import { buildDocument, findSecrets } from '../../src/index.js'
import { codeFrame } from '../../src/report/code-frame.js'
import { paint } from '../../src/report/paint.js'

function frame(text: string, marked: string): string {
  const document = buildDocument(text)
  const start = text.indexOf(marked)
  const options = { paint: paint(false), secrets: findSecrets(document) }
  return codeFrame(document.source, { start, end: start + marked.length }, options)
}

describe('codeFrame', () => {
  it('puts a marker under the place', () => {
    expect(frame('/ip dns\nset servers=192.0.2.1\n', 'servers')).toBe(
      '2 | set servers=192.0.2.1\n  |     ^^^^^^^\n',
    )
  })

  it('masks secrets before and in the marked place and keeps the marker right', () => {
    const text = '/ppp secret\nadd name=ann password="long secret" service=l2tp\n'

    expect(frame(text, 'service')).toBe(
      '2 | add name=ann password=*** service=l2tp\n  |                           ^^^^^^^\n',
    )
    expect(frame(text, '"long secret"')).toBe(
      '2 | add name=ann password=*** service=l2tp\n  |                       ^^^\n',
    )
  })

  it('masks what a secret leaves on the next line', () => {
    const text = '/ppp secret\nadd name=ann password="long sec\\\n    ret" service=l2tp\n'

    expect(frame(text, 'service')).toBe('3 | *** service=l2tp\n  |     ^^^^^^^\n')
  })

  it('cuts a long line around the place', () => {
    const text = `/system script\nadd name=x source="${'a'.repeat(500)}" comment=here\n`

    expect(frame(text, 'comment')).toMatch(/^2 \| a+" comment=here\n {2}\| {31}\^{7}\n$/)
  })

  it('is the same for a place in a line of megabytes', () => {
    const inLineOf = (length: number) => {
      const long = 'aä€'.repeat(length)
      const text = `/system script\nadd name=x source="${long}" comment=here source="${long}"\n`
      return frame(text, 'comment')
    }

    expect(inLineOf(1_000_000)).toBe(inLineOf(2000))
    expect(inLineOf(2000)).toMatch(/^2 \| [aä€]+" comment=here source="[aä€]+\n {2}\| {31}\^{7}\n$/)
  })

  it('masks the end of a secret that begins far before what is shown', () => {
    const text = `/ppp secret\nadd name=ann password="${'s3cr3t'.repeat(2000)}" service=l2tp\n`

    expect(frame(text, 'service')).toBe('2 | *** service=l2tp\n  |     ^^^^^^^\n')
  })
})

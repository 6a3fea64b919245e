import { describe, expect, it } from 'vitest'
import type { Key } from '../../src/console/key-reader.js'
import { isPaged, showPages } from '../../src/console/pager.js'

async function page(lines: number, height: number, keys: Key[]): Promise<{ shown: string[]; asked: number }> {
  const text = Array.from({ length: lines }, (_, index) => `line ${index + 1}\n`).join('')
  let screen = ''
  let asked = 0
  await showPages(
    text,
    height,
    (part) => {
      screen += part
    },
    async () => {
      asked++
      return keys.shift()
    },
  )
  return { shown: screen.match(/line \d+/g) ?? [], asked }
}

const key = (text: string): Key => ({ kind: 'text', text })

describe('output page by page', () => {
  it('asks after each page and ends with the text', async () => {
    const { shown, asked } = await page(10, 6, [key(' ')])

    expect([shown.length, asked]).toEqual([10, 1])
  })

  it('shows the rest at once with D, nothing more with Q', async () => {
    expect(await page(100, 6, [key('d')])).toMatchObject({ asked: 1, shown: { length: 100 } })
    expect(await page(100, 6, [key('Q')])).toMatchObject({ asked: 1, shown: { length: 5 } })
  })

  it('goes on by one line with Enter', async () => {
    const { shown } = await page(100, 6, [{ kind: 'enter' }, { kind: 'enter' }, key('q')])

    expect(shown.length).toBe(7)
  })

  it('does not ask when everything fits', async () => {
    expect(await page(5, 6, [])).toMatchObject({ asked: 0, shown: { length: 5 } })
  })

  it('pages print, abbreviated too, and nothing that has a use for its text', () => {
    expect(isPaged('/ip address print')).toBe(true)
    expect(isPaged('/ip/address/pr detail')).toBe(true)
    expect(isPaged('/ip address print without-paging')).toBe(false)
    expect(isPaged(':put [/ip address print as-value]')).toBe(false)
    expect(isPaged('/export')).toBe(false)
  })
})

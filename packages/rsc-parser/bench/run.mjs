// Measures the parser. Prints one JSON object a line: name, value, unit, ratio to the reference of the same run.
// Run: pnpm bench:parser [--parser FILE] [--quick]
// Needs a build, or another module by `--parser`; memory is measured in a process of its own for each figure.
import { execFileSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { makeExport, makeItems } from './make-export.mjs'

const { values } = parseArgs({
  options: {
    parser: { type: 'string' },
    quick: { type: 'boolean', default: false },
    memory: { type: 'string' },
  },
})
const here = fileURLToPath(new URL('.', import.meta.url))
const modulePath = values.parser ?? `${here}../dist/index.js`
const parser = await import(pathToFileURL(modulePath).href)
const megabyte = 1 << 20

const print = (name, value, unit, more = {}) =>
  process.stdout.write(`${JSON.stringify({ name, value: Number(value.toPrecision(4)), unit, ...more })}\n`)

// Keeps results alive, so that nothing is optimised away.
let sink
/**
 * Median time of one run. Short runs are repeated within a round, and collection is forced between rounds only:
 * forced too often it throws compiled code away, and what is measured is the compiler.
 */
function milliseconds(run, rounds, repeat = 1) {
  const times = []
  for (let i = 0; i < rounds; i++) {
    globalThis.gc?.()
    for (let k = 0; k < Math.min(repeat, 20); k++) sink = run()
    const start = performance.now()
    for (let k = 0; k < repeat; k++) sink = run()
    times.push((performance.now() - start) / repeat)
  }
  times.sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)]
}

if (values.memory !== undefined) {
  measureMemory(values.memory)
} else {
  await measureSpeed()
}

/** Peak resident memory above what was there with the input alone, in bytes per byte of input. */
function measureMemory(what) {
  const text = flat(makeExport(50 * megabyte))
  const run = { tree: () => parser.parse(text), 'JSON.parse': undefined }[what]
  const json = what === 'JSON.parse' ? flat(JSON.stringify(text.split('\n'))) : ''
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  // Peak, not what is left: the kernel's high-water mark of this process, reset just before.
  const peakBefore = process.resourceUsage().maxRSS * 1024
  sink = what === 'JSON.parse' ? JSON.parse(json) : run()
  const after = process.resourceUsage().maxRSS * 1024
  globalThis.gc?.()
  const held = process.memoryUsage()
  process.stdout.write(
    JSON.stringify({
      peak: Math.max(0, Math.max(after, peakBefore) - before) / text.length,
      grown: Math.max(0, after - peakBefore) / text.length,
      held: (held.arrayBuffers + (sink.tokenCount === undefined ? held.heapUsed : 0)) / text.length,
    }),
  )
}

function flat(text) {
  return Buffer.from(text, 'latin1').toString('latin1')
}

async function measureSpeed() {
  const rounds = values.quick ? 3 : 7
  const texts = [1, 10, 50].map((size) => [size, flat(makeExport(size * megabyte))])
  // Warm up, so that the first size is not measured on code that is still interpreted.
  for (let i = 0; i < 30; i++) sink = parser.parse(texts[0][1])
  for (let i = 0; i < 5; i++) sink = parser.buildDocument(texts[0][1])

  const large = texts[2][1]
  const json = flat(JSON.stringify(large.split('\n')))
  const jsonRate = json.length / megabyte / (milliseconds(() => JSON.parse(json), rounds) / 1000)
  print('JSON.parse 50 MB', jsonRate, 'MB/s', { ratio: 1 })
  const splitRate = large.length / megabyte / (milliseconds(() => large.split('\n'), rounds) / 1000)
  print("split('\\n') 50 MB", splitRate, 'MB/s', { ratio: splitRate / jsonRate })

  const rates = []
  for (const [size, text] of texts) {
    const rate = text.length / megabyte / (milliseconds(() => parser.parse(text), rounds, 50 / size) / 1000)
    rates.push(rate)
    print(`parse to tree ${size} MB`, rate, 'MB/s', { ratio: Number((rate / jsonRate).toFixed(3)) })
  }
  print('slowest to fastest of 1, 10, 50 MB', Math.max(...rates) / Math.min(...rates), 'times')
  const bytes = Buffer.from(large, 'latin1')
  const byteRate = large.length / megabyte / (milliseconds(() => parser.parseBytes(bytes), rounds) / 1000)
  print('parse bytes to tree 50 MB', byteRate, 'MB/s', { ratio: Number((byteRate / jsonRate).toFixed(3)) })
  for (const [size, text] of texts.slice(0, 2)) {
    const rate =
      text.length / megabyte / (milliseconds(() => parser.buildDocument(text), 3, 10 / size) / 1000)
    print(`parse to document ${size} MB`, rate, 'MB/s', { ratio: Number((rate / jsonRate).toFixed(3)) })
  }
  measureDiff(rounds)
  measureHostile()
  for (const what of ['tree', 'JSON.parse']) {
    const child = [`--expose-gc`, `${here}run.mjs`, '--parser', modulePath, '--memory', what]
    const { peak, held } = JSON.parse(execFileSync(process.execPath, child, { encoding: 'utf8' }))
    print(`peak memory ${what} 50 MB`, peak, 'bytes per input byte', { held: Number(held.toFixed(2)) })
  }
}

/** Two files of 100,000 items, one in a hundred changed. */
function measureDiff(rounds) {
  if (parser.diffDocuments === undefined) return
  const old = flat(makeItems(100_000))
  let line = 0
  const changed = flat(
    old.replace(/comment=("?)/g, (match) => (line++ % 100 === 0 ? `${match}changed-` : match)),
  )
  const parseBoth = milliseconds(
    () => [parser.buildDocument(old), parser.buildDocument(changed)],
    Math.min(rounds, 5),
  )
  const times = []
  let changes = 0
  for (let i = 0; i < Math.min(rounds, 5); i++) {
    // Fresh documents each time: they remember what was worked out before.
    const from = parser.buildDocument(old)
    const to = parser.buildDocument(changed)
    globalThis.gc?.()
    const start = performance.now()
    changes = parser.diffDocuments(from, to).changes.length
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const diff = times[Math.floor(times.length / 2)]
  print('parse two documents of 100,000 items', parseBoth, 'ms', { ratio: 1 })
  print('diff them, 1 % changed', diff, 'ms', { ratio: Number((diff / parseBoth).toFixed(3)), changes })
}

function measureHostile() {
  const inputs = {
    'one line of words': (size) => 'a '.repeat(size / 2),
    'one long word': (size) => 'a'.repeat(size),
    '[': (size) => '['.repeat(size),
    '\\': (size) => '\\'.repeat(size),
    '"': (size) => '"'.repeat(size),
    '(': (size) => '('.repeat(size),
    '{': (size) => '{'.repeat(size),
    ']': (size) => ']'.repeat(size),
    'code in strings that never closes': (size) => '"$[a" '.repeat(size / 6),
    'escaped quotes behind an open string': (size) => '"\\"\n'.repeat(size / 4),
  }
  for (const [name, make] of Object.entries(inputs)) {
    const [small, large] = [megabyte, 10 * megabyte].map((size) => {
      const text = flat(make(size))
      const repeat = (10 * megabyte) / size
      return text.length / megabyte / (milliseconds(() => parser.parse(text), 3, repeat) / 1000)
    })
    print(`hostile: ${name}, 10 MB`, large, 'MB/s', { ratioTo1MB: Number((small / large).toFixed(2)) })
  }
}

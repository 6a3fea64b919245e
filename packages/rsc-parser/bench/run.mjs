// Measures the parser. Prints one JSON object a line: name, value, unit, ratio to the reference of the same run.
// Run: npm run bench:parser -- [--parser FILE] [--quick]
// Needs a build, or another module by `--parser`; memory is measured in a process of its own for each figure.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { makeExport, makeItems } from './make-export.mjs'
import '../../../scripts/stop-with-reader.mjs'

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
 * Milliseconds that a run takes: by the clock, or by the processor where that is less because other work of the machine
 * came in between.
 */
function spent(run) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  run()
  const { user, system } = process.cpuUsage(cpu)
  return Math.min(performance.now() - start, (user + system) / 1000)
}

/**
 * Fastest time of one run: what else the machine does only ever adds. Short runs are repeated within a round, and
 * collection is forced between rounds only: forced too often it throws compiled code away, and what is measured is the
 * compiler.
 */
function milliseconds(run, rounds, repeat = 1) {
  const times = []
  for (let i = 0; i < rounds; i++) {
    globalThis.gc?.()
    for (let k = 0; k < Math.min(repeat, 20); k++) sink = run()
    const time = spent(() => {
      for (let k = 0; k < repeat; k++) sink = run()
    })
    times.push(time / repeat)
  }
  return Math.min(...times)
}

if (values.memory !== undefined) {
  measureMemory(values.memory)
} else {
  await measureSpeed()
}

/** Peak resident memory that parsing adds to a process that holds the input, in bytes per byte of input. */
function measureMemory(file) {
  const isJson = file.endsWith('.json')
  // One string of one byte per character, and nothing else: the process starts with the file.
  const text = readFileSync(file, 'latin1')
  globalThis.gc?.()
  const before = process.memoryUsage()
  sink = isJson ? JSON.parse(text) : parser.parse(text)
  const peak = process.resourceUsage().maxRSS * 1024 - before.rss
  globalThis.gc?.()
  const after = process.memoryUsage()
  const held = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  if (sink === undefined) throw new Error('nothing was parsed')
  process.stdout.write(JSON.stringify({ peak: peak / text.length, held: held / text.length }))
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
  measureLint()
  measureHostile()
  const folder = mkdtempSync(join(tmpdir(), 'rsc-bench-'))
  for (const [what, file, content] of [
    ['tree', 'export.rsc', large],
    ['JSON.parse', 'lines.json', json],
  ]) {
    writeFileSync(join(folder, file), content, 'latin1')
    const child = ['--expose-gc', `${here}run.mjs`, '--parser', modulePath, '--memory', join(folder, file)]
    const { peak, held } = JSON.parse(execFileSync(process.execPath, child, { encoding: 'utf8' }))
    print(`peak memory ${what} 50 MB, without the input`, peak, 'bytes per input byte', {
      held: Number(held.toFixed(2)),
    })
  }
  rmSync(folder, { recursive: true })
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
    times.push(
      spent(() => {
        changes = parser.diffDocuments(from, to).changes.length
      }),
    )
  }
  const diff = Math.min(...times)
  print('parse two documents of 100,000 items', parseBoth, 'ms', { ratio: 1 })
  print('diff them, 1 % changed', diff, 'ms', { ratio: Number((diff / parseBoth).toFixed(3)), changes })
}

/** Files of the size that exports have, read as bytes as the command does; and chains of 1,000 and 8,000 rules. */
function measureLint() {
  if (parser.lint === undefined) return
  const files = Array.from({ length: 40 }, (_, at) => Buffer.from(makeExport(25 * 1024 + at), 'latin1'))
  const read = (each) => parser.buildDocument(parser.parseBytes(each))
  const reading = milliseconds(() => files.map(read), 3)
  for (const preset of ['recommended', 'all']) {
    const config = { extends: [preset], kind: 'export' }
    const linting = milliseconds(() => files.map((each) => parser.lint(read(each), { config })), 3)
    print(`lint files of 25 kB, preset ${preset}`, files.length / (linting / 1000), 'files/s', {
      ratioToReading: Number((linting / reading).toFixed(2)),
    })
  }
  const [few, many] = [1000, 8000].map((count) => {
    const text = parser.buildDocument(makeChain(count))
    return milliseconds(() => parser.lint(text, { config: { extends: ['all'], kind: 'export' } }), 3)
  })
  print('lint a chain of 8,000 rules', many, 'ms', { ratioTo1000Rules: Number((many / few).toFixed(1)) })
}

function makeChain(count) {
  const rule = (at) =>
    `add action=accept chain=forward dst-port=${at + 1} protocol=tcp src-address=10.${at >> 8}.${at & 255}.0/24`
  return flat(`/ip firewall filter\n${Array.from({ length: count }, (_, at) => rule(at)).join('\n')}\n`)
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
    const texts = [megabyte, 10 * megabyte].map((size) => flat(make(size)))
    const perMegabyte = [[], []]
    // By turns, so that both sizes meet the same compiled code and the same state of the heap.
    for (let round = 0; round < 9; round++) {
      texts.forEach((text, i) => {
        const repeat = i === 0 ? 10 : 1
        const time = spent(() => {
          for (let k = 0; k < repeat; k++) sink = parser.parse(text)
        })
        perMegabyte[i].push((time * megabyte) / (repeat * text.length))
      })
    }
    const [small, large] = perMegabyte.map((times) => Math.min(...times))
    print(`hostile: ${name}, 10 MB`, 1000 / large, 'MB/s', { ratioTo1MB: Number((large / small).toFixed(2)) })
  }
}

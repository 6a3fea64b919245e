import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'tsup'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const index = fileURLToPath(new URL('../../src/index.ts', import.meta.url))
let folder = ''

/** Bundles a few lines that use the package, as a web page would: one script, minified, no modules of Node. */
async function bundle(name: string, source: string): Promise<string> {
  const entry = join(folder, `${name}.ts`)
  await writeFile(entry, source)
  await build({
    entry: { [name]: entry },
    outDir: join(folder, name),
    format: 'iife',
    globalName: 'page',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    silent: true,
    config: false,
    clean: false,
    dts: false,
    tsconfig: fileURLToPath(new URL('../../tsconfig.build.json', import.meta.url)),
  })
  return readFile(join(folder, name, `${name}.global.js`), 'utf8')
}

describe('the package in a browser', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rsc-bundle-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('parses, compares, plans and lints where there is no process, Buffer or require', {
    timeout: 120_000,
  }, async () => {
    const code = await bundle(
      'all',
      `import { buildDocument, compareManagementPath, diffDocuments, lintText, parse, planRestore, print } from ${JSON.stringify(index)}
       const a = '/ip address\\nadd address=192.0.2.1/24 interface=ether1\\n'
       const [from, to] = [a, a.replace('ether1', 'ether2')].map((text) => buildDocument(parse(text)))
       export const result = {
         same: print(parse(a)) === a,
         changes: diffDocuments(from, to).changes.length,
         statements: planRestore(from, to).statements.length,
         lockout: compareManagementPath(from, to, { source: '192.0.2.9', destination: '192.0.2.1' }).verdict,
         findings: lintText(a + 'add address=192.0.2.1/24 interface=ether3\\n').map((finding) => finding.ruleId),
       }`,
    )

    expect(code).not.toMatch(/["']node:/)
    const page = vm.runInNewContext(`${code};page`, { TextDecoder, TextEncoder })
    expect(JSON.parse(JSON.stringify(page.result))).toEqual({
      same: true,
      changes: 1,
      statements: 1,
      lockout: 'lockout',
      findings: ['duplicate-address', 'overlapping-subnets'],
    })
  })

  it('costs little when only parse is used', { timeout: 120_000 }, async () => {
    const code = await bundle(
      'parse',
      `import { parse } from ${JSON.stringify(index)}\nexport const tree = parse('/ip address')`,
    )

    const gzipped = gzipSync(code).length
    console.info(`parse alone: ${code.length} bytes minified, ${gzipped} gzipped`)
    expect(code.length).toBeLessThan(30_000)
    expect(gzipped).toBeLessThan(11_000)
  })
})

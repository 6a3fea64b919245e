import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runInMemory } from '../cli/run-cli-in-memory.js'

const packageRoot = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, packageRoot), 'utf8')

/** The words the action runs, with `npx` replaced by something that prints them. */
function actionWords(inputs: Readonly<Record<string, string>>): readonly string[] {
  const script = (read('action/action.yml').split('run: |\n')[1] ?? '').replace(/^ {8}/gm, '')
  const output = execFileSync('bash', ['-e', '-c', `npx() { printf '%s\\n' "$@"; }\n${script}`], {
    env: { PATH: process.env.PATH, RSC_PATHS: '.', RSC_VERSION: '0.0.0', ...inputs },
    encoding: 'utf8',
  })
  return output.trimEnd().split('\n')
}

describe('the GitHub action', () => {
  it('lints all paths, leaves globs to rsc and takes its options', () => {
    expect(actionWords({})).toEqual(['--yes', '@tod/rsc-parser@0.0.0', 'lint', '.', '--format', 'github'])
    expect(
      actionWords({
        RSC_PATHS: 'a.rsc  sites/**/*.rsc\nb.rsc\n',
        RSC_PRESET: 'security',
        RSC_ROS: '7.16',
        RSC_MAX_WARNINGS: '0',
      }).slice(3),
    ).toEqual(
      'a.rsc sites/**/*.rsc b.rsc --format github --preset security --ros 7.16 --max-warnings 0'.split(' '),
    )
  })

  it('runs a command line that rsc takes, by default in the version of this package', async () => {
    const [, , ...words] = actionWords({ RSC_PATHS: 'a.rsc', RSC_PRESET: 'all', RSC_ROS: '7.16' })
    const { code, out } = await runInMemory(words, { 'a.rsc': '/ip address\nadd address="\n' })

    expect(code).toBe(1)
    expect(out).toMatch(/^::error file=a\.rsc,line=2,/m)
    expect(read('action/action.yml')).toContain(`default: '${JSON.parse(read('package.json')).version}'`)
  })
})

describe('the pre-commit hooks', () => {
  it('run command lines that rsc takes, with file names behind', async () => {
    const entries = [...read('../../.pre-commit-hooks.yaml').matchAll(/^ {2}entry: (.*)$/gm)].map(
      ([, entry]) => entry,
    )

    expect(entries).toHaveLength(2)
    for (const entry of entries) {
      const [npx, yes, name, ...words] = (entry ?? '').split(' ')
      const { code } = await runInMemory([...words, 'a.rsc', 'b c.rsc'], {
        'a.rsc': '/ip address\n',
        'b c.rsc': '/ip address\nadd address="\n',
      })

      expect([npx, yes, name]).toEqual(['npx', '--yes', '@tod/rsc-parser'])
      expect(code).toBe(1)
    }
  })
})

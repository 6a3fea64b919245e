import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hasGit } from './temporary-repositories.js'

const script = fileURLToPath(new URL('../../soak/kill-git.mjs', import.meta.url))

/** A small sample; the full run is `npm run soak:git`. Works on the build, as it needs processes to kill. */
describe.skipIf(!hasGit)('killed at random moments', () => {
  it('loses no acknowledged revision, with upkeep and git gc running beside the writers', () => {
    const run = spawnSync(
      process.execPath,
      [script, '--kills', '10', '--seed', '20260105', '--longest', '400'],
      {
        encoding: 'utf8',
        timeout: 110_000,
      },
    )

    expect(run.stderr).toBe('')
    const report: { acknowledged: number; kills: number; problems: string[] } = JSON.parse(run.stdout)
    expect(report.problems).toEqual([])
    expect(report.kills).toBeGreaterThanOrEqual(10)
    expect(report.acknowledged).toBeGreaterThan(0)
  }, 120_000)
})

import { bundle } from './bundle.mjs'
import { mutations } from './mutations.mjs'

/**
 * Runs the cells of every mutation against a bundle that has it planted, and the same cells without. Prints a table.
 *
 * @returns whether the sound protocol passes all of them and every mutation fails at least one
 */
export async function runMutants({ runShard, only }) {
  const pattern = new RegExp(only)
  const chosen = mutations.filter((mutation) => pattern.test(mutation.name))
  const sound = await bundle('cells-main')
  const rows = []
  for (const mutation of chosen) {
    const before = await violationsOf(runShard, sound, mutation.cells)
    const after = await violationsOf(runShard, await bundle('cells-main', mutation), mutation.cells)
    const isSeen = before.seen.length === 0 && after.seen.length > 0
    rows.push({ mutation, before, after, isSeen })
    const [first] = after.seen
    const what = first === undefined ? '' : `${first.name}: ${first.violations[0]}`
    console.log(
      `| ${mutation.about} | ${after.seen.length} of ${after.cells} | ${isSeen ? 'seen' : 'NOT SEEN'} | ${what} |`,
    )
    for (const { name, violations } of before.seen)
      console.log(`sound, but ${name}: ${violations.join('; ')}`)
  }
  const missed = rows.filter((row) => !row.isSeen).length
  console.log(`mutants ${rows.length}, missed ${missed}`)
  return missed === 0 && rows.length > 0
}

async function violationsOf(runShard, script, cells) {
  const results = []
  await runShard(script, [cells, '0', '1'], (result) => results.push(result))
  return { cells: results.length, seen: results.filter((result) => result.violations.length > 0) }
}

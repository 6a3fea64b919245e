// Who may import what. The table is the architecture: change it together with docs/architecture.md.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { relative, resolve, sep } from 'node:path'
import ts from 'typescript'

const root = resolve(process.argv[2] ?? resolve(import.meta.dirname, '..'))

/** For each package: which of ours and which of others its sources may import, and where `node:` is allowed. */
const rules = {
  'rsc-parser': { ours: [], others: () => false, node: (file) => file.startsWith('cli/') },
  core: {
    ours: ['@tod/rsc-parser'],
    others: (name, file) => name === 'cron-parser' || (name === 'vitest' && file.startsWith('testing/')),
    node: () => false,
  },
  adapters: {
    ours: ['@tod/core'],
    others: (name, file) => (adapterLibraries[file.split('/')[0]] ?? []).includes(name),
    node: () => true,
  },
  'routeros-sim': {
    ours: ['@tod/rsc-parser'],
    others: (name) => ['ssh2', 'commander'].includes(name),
    node: () => true,
  },
  server: {
    ours: ['@tod/core', '@tod/core/testing', '@tod/adapters'],
    others: (name) =>
      ['commander', 'express', 'express-rate-limit', 'helmet', 'jose', 'pino', 'zod'].includes(name),
    node: () => true,
  },
}

/** One I/O library for each subfolder of adapters; `sql` is what `sqlite` and `postgres` share. */
const adapterLibraries = {
  ssh: ['ssh2'],
  git: ['isomorphic-git'],
  crypto: ['libsodium-wrappers'],
  sql: ['kysely'],
  sqlite: ['kysely', 'better-sqlite3'],
  postgres: ['kysely', 'pg'],
  // pg is the driver of pg-boss; both go together.
  queue: ['pg-boss', 'pg'],
}
/** Which sibling folders an adapter folder may use; everything else between siblings is refused. */
const adapterSiblings = { sqlite: ['sql'], postgres: ['sql'] }

const packageOf = (specifier) => {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]
}

const violations = []
for (const [name, rule] of Object.entries(rules)) {
  const source = resolve(root, 'packages', name, 'src')
  if (!existsSync(source)) continue
  for (const path of readdirSync(source, { recursive: true }).filter((entry) => /\.tsx?$/.test(entry))) {
    const file = path.split(sep).join('/')
    const report = (text) => violations.push(`packages/${name}/src/${file}: ${text}`)
    const { importedFiles } = ts.preProcessFile(readFileSync(resolve(source, path), 'utf8'), true, true)
    for (const { fileName: specifier } of importedFiles) {
      if (specifier.startsWith('.')) {
        const target = relative(source, resolve(source, path, '..', specifier))
          .split(sep)
          .join('/')
        if (target.startsWith('..')) report(`reaches out of its package: ${specifier}`)
        const [from, to] = [file.split('/')[0], target.split('/')[0]]
        const crosses = name === 'adapters' && file.includes('/') && target.includes('/') && from !== to
        if (crosses && !(adapterSiblings[from] ?? []).includes(to))
          report(`imports the sibling adapter ${to}`)
        continue
      }
      if (specifier.startsWith('@tod/')) {
        const allowed = rule.ours.some(
          (own) => specifier === own || (own === '@tod/adapters' && specifier.startsWith(`${own}/`)),
        )
        if (!allowed) report(`may not import ${specifier}`)
        continue
      }
      if (isBuiltin(specifier)) {
        if (!specifier.startsWith('node:')) report(`write node:${specifier}`)
        if (!rule.node(file)) report(`may not import ${specifier}`)
        continue
      }
      if (!rule.others(packageOf(specifier), file)) report(`may not import ${specifier}`)
    }
  }
}

for (const violation of violations) console.error(violation)
console.log(
  violations.length === 0 ? 'dependency rules: ok' : `dependency rules: ${violations.length} violations`,
)
process.exitCode = violations.length === 0 ? 0 : 1

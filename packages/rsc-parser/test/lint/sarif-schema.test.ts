import { readdirSync, readFileSync } from 'node:fs'
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { formatSarif, lintText } from '@tod/rsc-parser'
import Ajv from 'ajv'
import draft4 from 'ajv/lib/refs/json-schema-draft-04.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'

const ajv = new Ajv({ schemaId: 'auto', allErrors: true })
ajv.addMetaSchema(draft4)
const isValid = ajv.compile(schema)

/** What the published schema of SARIF 2.1.0 has against a log. */
function complaints(log: string): readonly string[] {
  return isValid(JSON.parse(log)) === true
    ? []
    : (isValid.errors ?? []).map((error) => `${error.dataPath}: ${error.message}`)
}

describe('SARIF', () => {
  it('is valid by the schema of the standard, whatever was found', () => {
    const folder = new URL('../rules/', import.meta.url)
    const files = readdirSync(folder).map((id) => {
      const text = readFileSync(new URL(`${id}/invalid.rsc`, folder), 'utf8')
      return {
        path: `sites/${id} é#?.rsc`,
        text,
        findings: lintText(text, { extends: ['all'], kind: 'export' }),
      }
    })

    expect(files.flatMap((file) => file.findings).length).toBeGreaterThan(100)
    expect(complaints(formatSarif(files))).toEqual([])
    expect(complaints(formatSarif([]))).toEqual([])
    expect(complaints(formatSarif([{ path: '<stdin>', text: '"', findings: lintText('"') }]))).toEqual([])
    expect(complaints(formatSarif([{ path: '/abs/ü.rsc', text: '', findings: [] }]))).toEqual([])
  })

  it('would not pass if it were wrong', () => {
    const log = JSON.parse(formatSarif([{ path: 'a', text: '"', findings: lintText('"') }]))
    log.runs[0].results[0].level = 'fatal'
    log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0

    expect(complaints(JSON.stringify(log)).length).toBeGreaterThan(1)
  })
})

import { describe, expect, it } from 'vitest'
import { scenarioNames, scenarioOptions } from '../../src/scenarios/index.js'
import { testRouter } from '../support/test-router.js'

const stated = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('#'))

describe('scenarios', () => {
  for (const name of scenarioNames) {
    it(`${name} exports what it was written as`, async () => {
      const { router } = await testRouter(scenarioOptions(name))

      expect(stated(router.exportText())).toEqual(stated(scenarioOptions(name).config ?? ''))
    })
  }
})

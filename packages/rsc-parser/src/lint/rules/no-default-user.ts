import type { Rule } from '../rule.js'

/** The account "admin" is in use. */
export const noDefaultUser: Rule = {
  id: 'no-default-user',
  category: 'exposure',
  summary: 'The account "admin" is in use.',
  recommended: 'off',
  security: 'warn',

  *check(source) {
    for (const item of source.enabled('/user')) {
      if (item.name !== 'admin') continue
      yield {
        range: source.rangeOf(item),
        message:
          'The name "admin" is the first one that every attack tries; use another and disable this one.',
      }
    }
  },
}

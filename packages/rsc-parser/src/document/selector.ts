import type { SourceRange } from '../text/source-range.js'

/** What stands between `set` and the first property: which item is meant. */
export type Selector =
  /** `set telnet`, `set "x y"`. */
  | { readonly kind: 'name'; readonly name: string; readonly range: SourceRange }
  /** `set 3`, `set 1,2`: positions in print order, no identity. */
  | { readonly kind: 'numbers'; readonly numbers: readonly number[]; readonly range: SourceRange }
  /** `set *FFFFFFFE`. */
  | { readonly kind: 'id'; readonly id: string; readonly range: SourceRange }
  /** `set [ find default-name=ether1 ]` with conditions that are all `name=constant`. */
  | {
      readonly kind: 'find'
      readonly conditions: readonly { readonly name: string; readonly value: string }[]
      readonly range: SourceRange
    }
  /** Anything else: a variable, a computed find, `(unknown)`. */
  | { readonly kind: 'other'; readonly text: string; readonly range: SourceRange }

// Inputs for the fuzzer: text of our own making from fragments of the language, and byte-level damage.

const fragments = [
  '/ip firewall filter',
  '/ip/address',
  'add',
  'set',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '\\\n',
  '\\\r\n    ',
  ' \\\n    ',
  'chain=input',
  'name=',
  '"',
  '""',
  '"a b"',
  '"a\\\n    b"',
  '"\\"\\\\\\$\\?\\_\\n\\E9"',
  '"x $[/get "y"] $(1+2) $z"',
  '$',
  '$x',
  '$"a b"',
  '$[',
  '$(',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  '[ find default-name=ether1 ]',
  ';',
  ':local x 1',
  'do={ :put a }',
  ':if ($a = 1) do={',
  '} else={',
  '# comment',
  '#error exporting /x',
  '#interrupted',
  '!',
  '!=',
  '~',
  '->',
  '<',
  '>',
  '=',
  '*1F',
  '.mode=ap',
  'configuration.ssid=x',
  '!src-port',
  'x=!LAN',
  '10.0.0.0/8',
  '00:05:00',
  '..',
  '[admin@MikroTik] > ',
  'Flags: X',
  '--',
  ';;; note',
  '\\',
  '\\\\',
  '\u0000',
  '\u00e9',
  '\ufeff',
  '\u{1f600}',
  '\ud800',
  '{1;2;"k"=3}',
  'source="',
  'on-event={',
  '&&',
  '||',
  '.',
  ',',
  '-',
  '+',
  "'",
  '?',
  '`',
  '%',
  '^',
  '|',
  '&',
  ':',
  '/',
]

/** A text of up to `limit` random fragments. */
export function composeText(random, limit) {
  let text = ''
  for (let i = random.below(limit) + 1; i > 0; i--) text += random.pick(fragments)
  return text
}

const interesting = [
  0, 9, 10, 13, 32, 34, 35, 36, 40, 41, 47, 58, 59, 61, 91, 92, 93, 123, 125, 127, 128, 0xc3, 0xef, 255,
]

/** A copy of some bytes with a few changed, removed, doubled, swapped or spliced in from elsewhere. */
export function mutate(random, source) {
  let bytes = Buffer.from(source)
  for (let i = random.below(6) + 1; i > 0; i--) {
    const at = random.below(bytes.length + 1)
    const size = random.below(16) + 1
    switch (random.below(8)) {
      case 0:
        if (at < bytes.length) bytes[at] = random.below(256)
        break
      case 1:
        if (at < bytes.length) bytes[at] = random.pick(interesting)
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)])
        break
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + size), bytes.subarray(at)])
        break
      case 4:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from([random.pick(interesting)]),
          bytes.subarray(at),
        ])
        break
      case 5:
        bytes = bytes.subarray(0, at)
        break
      case 6:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(random.pick(fragments)),
          bytes.subarray(at),
        ])
        break
      default: {
        const from = random.below(bytes.length + 1)
        const piece = bytes.subarray(from, from + size * 4)
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
      }
    }
  }
  return bytes
}

/** A window of at most `limit` bytes. */
export function window(random, source, limit) {
  if (source.length <= limit) return source
  const at = random.below(source.length - limit)
  return source.subarray(at, at + limit)
}

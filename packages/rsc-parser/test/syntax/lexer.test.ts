import { describe, expect, it } from 'vitest'
import { parse, parseBytes, print, printBytes } from '../../src/index.js'
import { showTokens } from '../show.js'

const words = (text: string) => showTokens(parse(text)).filter((token) => !token.startsWith('Whitespace'))

describe('lexing a command line', () => {
  it('splits name and value at the first equals sign only', () => {
    expect(words('add url=http://a/?b=c name=x')).toEqual([
      'Word:add',
      'Word:url',
      'Equals:=',
      'Word:http://a/?b=c',
      'Word:name',
      'Equals:=',
      'Word:x',
    ])
  })

  it('keeps a negated value in one word and splits an unset property', () => {
    expect(words('set list=!LAN !src-port')).toEqual([
      'Word:set',
      'Word:list',
      'Equals:=',
      'Word:!LAN',
      'Operator:!',
      'Word:src-port',
    ])
  })

  it('takes an unquoted hash for text behind an equals sign and inside a word', () => {
    expect(words('add comment=a#b log-prefix=#x')).toContain('Word:#x')
    expect(words('add comment=a#b')).toContain('Word:a#b')
  })

  it('takes a hash for a comment at the start of a statement only', () => {
    expect(words('# one\nput a; # two\n:put { # three\n}')).toEqual([
      'Comment:# one',
      'Newline:\\n',
      'Word:put',
      'Word:a',
      'Semicolon:;',
      'Comment:# two',
      'Newline:\\n',
      'Word::put',
      'OpenBrace:{',
      'Comment:# three',
      'Newline:\\n',
      'CloseBrace:}',
    ])
  })

  it('reads a value that begins with a hash on the line behind a continuation', () => {
    expect(words('add log-prefix=\\\n    #VPN protocol=udp')).toContain('Word:#VPN')
  })

  it('reads a hash line between the arguments of a continued command as a comment', () => {
    expect(words('add a=b \\\n    # remark\n')).toContain('Comment:# remark')
  })

  it('reads a remark behind a command as a comment and reports it', () => {
    const tree = parse('add a=b   # remark\n:do { } # two\nset #x\n')
    expect(showTokens(tree)).toEqual(expect.arrayContaining(['Comment:# remark', 'Comment:# two', 'Word:#x']))
    expect(tree.problems.map((problem) => problem.code)).toEqual([
      'comment-after-command',
      'comment-after-command',
    ])
  })

  it('continues a word across a line break', () => {
    expect(words('add chan\\\n    nel=in\\\r\n put')).toEqual([
      'Word:add',
      'Word:chan',
      'Continuation:\\\\\\n    ',
      'Word:nel',
      'Equals:=',
      'Word:in',
      'Continuation:\\\\\\r\\n ',
      'Word:put',
    ])
  })

  it('tells comparison operators from words in a condition', () => {
    expect(words('find where a!=1 b~"c" bytes>100 <pppoe-x> && d')).toEqual([
      'Word:find',
      'Word:where',
      'Word:a',
      'Operator:!=',
      'Word:1',
      'Word:b',
      'Operator:~',
      'String:\\"c\\"',
      'Word:bytes',
      'Operator:>',
      'Word:100',
      'Word:<pppoe-x>',
      'Operator:&&',
      'Word:d',
    ])
  })

  it('reads numbers, addresses, ranges and times inside parentheses as one word each', () => {
    expect(words('(1-2, 10.0.0.1/8, 1.2.3.4-1.2.3.9, 00:05:00, fe80::1/64, rx-byte, $a-$b)')).toEqual([
      'OpenParen:(',
      'Word:1',
      'Operator:-',
      'Word:2',
      'Operator:,',
      'Word:10.0.0.1/8',
      'Operator:,',
      'Word:1.2.3.4-1.2.3.9',
      'Operator:,',
      'Word:00:05:00',
      'Operator:,',
      'Word:fe80::1/64',
      'Operator:,',
      'Word:rx-byte',
      'Operator:,',
      'Variable:$a',
      'Operator:-',
      'Variable:$b',
      'CloseParen:)',
    ])
  })

  it('reads an internal id and a multiplication apart', () => {
    expect(words('($id=*1F)')).toContain('Word:*1F')
    expect(words('($id*1)')).toContain('Operator:*')
  })

  it('reads a variable with a quoted name as one token', () => {
    expect(words(':put $"my var"')).toContain('Variable:$\\"my var\\"')
  })
})

describe('lexing strings', () => {
  it('follows code inside a string, with its own quotes', () => {
    expect(words('put "a $[/get "x]"] b" c')).toEqual([
      'Word:put',
      'String:\\"a $[/get \\"x]\\"] b\\"',
      'Word:c',
    ])
  })

  it('does not follow an escaped dollar sign', () => {
    expect(words('put "a \\$[b" c')).toEqual(['Word:put', 'String:\\"a \\\\$[b\\"', 'Word:c'])
  })

  it('falls back to the next quote when code inside a string is never closed', () => {
    expect(words('put "a $[b" c')).toEqual(['Word:put', 'String:\\"a $[b\\"', 'Word:c'])
  })

  it('lets a string run over lines when it is closed later', () => {
    expect(words('put "a\nb" c')).toEqual(['Word:put', 'String:\\"a\\nb\\"', 'Word:c'])
  })

  it('ends a string without closing quote at its line, continued lines included', () => {
    const tree = parse('add name="ab\\\n  cd\nadd name=x\n')
    expect(showTokens(tree)).toContain('UnterminatedString:\\"ab\\\\\\n  cd')
    expect(tree.statementCount).toBe(2)
    expect(tree.problems.map((problem) => problem.code)).toEqual(['unterminated-string'])
  })
})

describe('lexing what is no configuration', () => {
  it('sets a prompt apart from the command typed behind it', () => {
    const tree = parse('[admin@MikroTik] > /export\n# x\n[admin@My Router] /ip address> print\n')
    expect([...tree.statements()].map((node) => node.kind)).toEqual([
      'text',
      'command',
      'comment',
      'text',
      'command',
    ])
    expect(tree.problems.map((problem) => problem.code)).toEqual(['console-prompt', 'console-prompt'])
  })

  it('does not take a command in brackets for a prompt', () => {
    expect(parse('[:put user@host]\n[$mail to="a@b"]').problems).toEqual([])
  })

  it('takes table headings and mail boundaries as lines of text', () => {
    const tree = parse('Flags: X - disabled\nColumns: NAME, TYPE\n--boundary--\nContent-Type: text/plain\n')
    expect([...tree.statements()].map((node) => node.kind)).toEqual(['text', 'text', 'text', 'text'])
  })
})

describe('recovery from unbalanced brackets', () => {
  it('ends an open bracket where the next line begins like a command', () => {
    const tree = parse('set [ find name=x a=b\nadd c=d\n')
    expect(tree.statementCount).toBe(2)
    expect(tree.problems).toMatchObject([{ code: 'unclosed-bracket', range: { start: 4, end: 5 } }])
  })

  it('keeps a bracket open over lines that are inside it', () => {
    const tree = parse(':if ([:len $x] > 0 &&\\\n  $y) do={\n/ip address print\n}\n')
    expect(tree.problems).toEqual([])
    expect(tree.statementCount).toBe(1)
  })

  it('never closes a bracket across an open brace', () => {
    const tree = parse(':do [ { a ] b }\n')
    expect(tree.problems.map((problem) => problem.code)).toEqual([
      'unclosed-bracket',
      'unexpected-closing-bracket',
    ])
  })

  it('reports a closing bracket that nothing opened', () => {
    expect(parse('add a=b )').problems).toMatchObject([
      { code: 'unexpected-closing-bracket', range: { start: 8, end: 9 } },
    ])
  })
})

describe('line ends and encodings', () => {
  it('takes LF, CRLF and a lone CR as line ends', () => {
    expect(parse('a\nb\r\nc\rd').statementCount).toBe(4)
  })

  it('reports a source that ends in a continuation', () => {
    expect(parse('add a=b \\\n').problems.map((problem) => problem.code)).toEqual(['dangling-continuation'])
    expect(parse('add a=b \\').problems.map((problem) => problem.code)).toEqual(['dangling-continuation'])
  })

  it('knows the byte order mark of a text and of bytes', () => {
    expect(showTokens(parse('\ufeff/ip'))).toEqual(['ByteOrderMark:\ufeff', 'Word:/ip'])
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x2f, 0x69, 0x70)
    expect(parseBytes(bytes).statement(0).range).toEqual({ start: 3, end: 6 })
  })

  it('keeps bytes that are no UTF-8', () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, i) => i & 255)
    expect(printBytes(parseBytes(bytes))).toEqual(bytes)
  })

  it('keeps lone surrogates and control characters of a text', () => {
    const text = 'a=\ud800 \u0000\u0001\udfff "\u0007'
    expect(print(parse(text))).toBe(text)
  })
})

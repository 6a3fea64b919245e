// What must hold for every input whatsoever.

/** Walks every node of a tree without recursion; returns how many there are. */
export function walk(tree) {
  const stack = [...tree.statements()]
  let count = 0
  while (stack.length > 0) {
    const node = stack.pop()
    if (node === undefined || node === null) continue
    count++
    if (node.range.start > node.range.end) throw new Error(`a ${node.kind} ends before it starts`)
    switch (node.kind) {
      case 'command':
        stack.push(...node.arguments)
        break
      case 'argument':
        stack.push(node.value)
        break
      case 'substitution':
        stack.push(...node.statements)
        break
      case 'group':
        stack.push(node.expression)
        break
      case 'block':
        // Either view of a block leads to all that is inside; the other one is only built.
        for (const element of node.elements)
          if (element.range.start > element.range.end) throw new Error('element')
        stack.push(...node.statements)
        break
      case 'compound':
        stack.push(...node.parts)
        break
      case 'string':
        if (typeof node.value !== 'string') throw new Error('a string without value')
        stack.push(...node.parts)
        break
      case 'unary':
        stack.push(node.operand)
        break
      case 'binary':
        stack.push(node.left, node.right)
        break
      case 'list':
        stack.push(...node.items)
        break
    }
  }
  return count
}

/** Checks that tokens cover the source once, without gap or overlap, and that statements lie within. */
export function checkTokens(tree) {
  let offset = 0
  for (let i = 0; i < tree.tokenCount; i++) {
    if (tree.tokenStart(i) !== offset) throw new Error(`token ${i} does not begin where the one before ends`)
    if (tree.tokenEnd(i) <= offset) throw new Error(`token ${i} is empty`)
    offset = tree.tokenEnd(i)
  }
  if (offset !== tree.source.length) throw new Error('the tokens do not reach the end of the source')
  let last = -1
  for (let i = 0; i < tree.statementCount; i++) {
    if (tree.statementStart(i) <= last) throw new Error(`statement ${i} is out of order`)
    last = tree.statementStart(i)
  }
  for (const { range } of tree.problems) {
    if (range.start < 0 || range.end > tree.source.length || range.start > range.end)
      throw new Error('problem range')
  }
}

/** Parses bytes in both ways; throws when anything is lost or does not hold. `deep` builds nodes and document too. */
export function checkInput(parser, bytes, deep) {
  const tree = parser.parseBytes(bytes)
  if (Buffer.compare(Buffer.from(parser.printBytes(tree)), bytes) !== 0) throw new Error('bytes were lost')
  checkTokens(tree)
  const text = bytes.toString('utf8')
  const textTree = parser.parse(text)
  if (parser.print(textTree) !== text) throw new Error('text was lost')
  checkTokens(textTree)
  if (!deep) return
  walk(tree)
  walk(textTree)
  for (const source of [tree, text]) {
    const document = parser.buildDocument(source)
    for (const item of document.items) {
      if (typeof item.identity.text !== 'string') throw new Error('an item without identity')
      for (const script of parser.embeddedScripts(document, item)) checkTokens(script.tree)
    }
  }
  const significant = parser.significantText(text)
  if (parser.significantText(significant) !== significant) throw new Error('significant text is not stable')
}

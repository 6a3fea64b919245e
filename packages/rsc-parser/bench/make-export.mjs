// Writes export text of any size for the benchmarks: the mix of a large router, wrapped at 80 columns as a device
// does. The same seed gives the same text.

function generator(seed) {
  let state = seed >>> 0
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * limit)
  }
}

function wrap(verb, words) {
  let out = ''
  let line = verb
  for (const word of words) {
    if (line.length + 1 + word.length <= 77) line += ` ${word}`
    else {
      out += `${line} \\\n`
      line = `    ${word}`
    }
  }
  return `${out}${line}\n`
}

const sections = {
  '/ip firewall filter': (random, i) => [
    `action=${['accept', 'drop', 'jump'][random(3)]}`,
    'chain=forward',
    `comment="rule number ${i}: allow office to server \\E4"`,
    'connection-state=established,related',
    `dst-address=10.${random(256)}.${random(256)}.0/24`,
    `dst-port=${random(65536)}`,
    `in-interface=vlan${random(4000)}`,
    'protocol=tcp',
    `src-address-list="list ${random(50)}"`,
  ],
  '/ip firewall address-list': (random, i) => [
    `address=${random(224)}.${random(256)}.${random(256)}.${random(256)}`,
    `comment=entry-${i}`,
    'list=blocked',
  ],
  '/ip dhcp-server lease': (random, i) => [
    `address=192.168.${random(256)}.${random(256)}`,
    `client-id=1:aa:bb:cc:${random(10)}:5:${random(10)}`,
    `comment="desk ${i}"`,
    `mac-address=AA:BB:CC:DD:${10 + random(80)}:${10 + random(80)}`,
    'server=dhcp1',
  ],
  '/queue simple': (random, i) => [
    `max-limit=${random(100)}M/${random(100)}M`,
    `name="customer ${i}"`,
    `queue=pcq-upload-default/pcq-download-default`,
    `target=10.${random(256)}.${random(256)}.${random(256)}/32`,
  ],
}

export function makeExport(bytes, seed = 1) {
  const random = generator(seed)
  const parts = ['# 2024-10-25 12:09:43 by RouterOS 7.15.2\n# software id = ABCD-EFGH\n#\n# model = RB5009\n']
  let size = parts[0].length
  let count = 0
  const names = Object.keys(sections)
  while (size < bytes) {
    for (const name of names) {
      const heading = `${name}\n`
      parts.push(heading)
      size += heading.length
      for (let i = 0; i < 200 && size < bytes; i++) {
        const text = wrap('add', sections[name](random, count++))
        parts.push(text)
        size += text.length
      }
    }
  }
  return parts.join('')
}

export function makeItems(count, seed = 1) {
  const random = generator(seed)
  const parts = ['# 2024-10-25 12:09:43 by RouterOS 7.15.2\n# software id = ABCD-EFGH\n']
  const names = Object.keys(sections)
  for (const [index, name] of names.entries()) {
    parts.push(`${name}\n`)
    const share =
      Math.floor(((index + 1) * count) / names.length) - Math.floor((index * count) / names.length)
    for (let i = 0; i < share; i++) parts.push(wrap('add', sections[name](random, i)))
  }
  return parts.join('')
}

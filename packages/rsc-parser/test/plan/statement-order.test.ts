import { describe, expect, it } from 'vitest'
import { buildDocument, planRestore } from '../../src/index.js'
import { OperationGraph } from '../../src/plan/operation-graph.js'
import { provePlan } from './prove-plan.js'

const seven = '# 2025-01-02 03:04:05 by RouterOS 7.16.2\n'
const six = '# jan/02/2025 03:04:05 by RouterOS 6.49.13\n'

function statements(from: string, to: string, header = seven) {
  return planRestore(buildDocument(header + from), buildDocument(header + to)).statements
}

describe('the order of a plan', () => {
  it('puts what may cut a connection late: services, then the clock, then rights', () => {
    const plan = statements(
      '/user group\nset full policy=local,ssh,read,write,ftp\n/system clock\nset time-zone-name=UTC\n/ip service\nset ssh port=22\n/system identity\nset name=a\n',
      '/user group\nset full policy=local,ssh,read,write\n/system clock\nset time-zone-name=Etc/GMT\n/ip service\nset ssh port=2222\n/system identity\nset name=b\n',
    )

    expect(plan.map((statement) => [statement.menu, statement.hazard])).toEqual([
      ['/system identity', undefined],
      ['/ip service', 'management'],
      ['/system clock', 'clock'],
      ['/user group', 'management'],
    ])
  })

  it('lets in before it shuts out', () => {
    const rules = (text: string) => `/ip firewall filter\n${text}`
    const plan = statements(
      rules('add action=accept chain=input dst-port=22 protocol=tcp src-address=192.0.2.1\n'),
      rules(
        'add action=accept chain=input comment=new dst-port=2222 protocol=tcp src-address=198.51.100.0/24 log=yes\nadd action=drop chain=input\n',
      ),
    )

    expect(plan.map((statement) => statement.verb)).toEqual(['add', 'add', 'remove'])
    expect(plan[0]?.text).toContain('action=accept')
  })

  it('fills a list before a rule uses it and empties it after', () => {
    const small = '/ip firewall filter\nadd action=drop chain=forward\n'
    const full = `${small}add action=drop chain=input src-address-list=bad\n/ip firewall address-list\nadd address=192.0.2.9 list=bad\n`
    const menus = (from: string, to: string) => statements(from, to).map((statement) => statement.menu)

    expect(menus(small, full)).toEqual(['/ip firewall address-list', '/ip firewall filter'])
    expect(menus(full, small)).toEqual(['/ip firewall filter', '/ip firewall address-list'])
  })

  it('creates a parent before its child in one menu', () => {
    const from = '/queue type\nadd kind=pfifo name=x\n'
    const to = `${from}/queue tree\nadd name=a parent=b\nadd name=b parent=global\n`
    const proof = provePlan(buildDocument(seven + from), buildDocument(seven + to))

    expect(proof.plan.statements.map((statement) => statement.label)).toEqual(['b', 'a'])
    expect(proof.differences).toEqual([])
  })

  it('writes v6 as v6 means it: a new DHCP server is off unless it says otherwise', () => {
    const server = (more: string) =>
      `/ip dhcp-server\nadd address-pool=static-only ${more}interface=ether1 name=lan\n`
    const [change] = statements(server('disabled=no '), server(''), six)

    expect(change?.text).toBe('/ip dhcp-server set $item1 disabled=yes')
  })
})

describe('OperationGraph', () => {
  const byNumber = (first: number, second: number) => first - second

  it('keeps all edges and otherwise the order asked for', () => {
    const graph = new OperationGraph(4)
    graph.before(3, 0, 'hard')
    graph.before(2, 1, 'soft')

    expect(graph.sort(byNumber)).toEqual({ order: [2, 1, 3, 0], broken: [] })
  })

  it('gives up the weakest edge of a circle only', () => {
    const graph = new OperationGraph(3)
    graph.before(0, 1, 'hard')
    graph.before(1, 2, 'hard')
    graph.before(2, 0, 'soft')

    expect(graph.sort(byNumber)).toEqual({ order: [0, 1, 2], broken: [] })
  })

  it('reports who had to go first in a circle of hard edges', () => {
    const graph = new OperationGraph(2)
    graph.before(0, 1, 'hard')
    graph.before(1, 0, 'hard')

    expect(graph.sort(byNumber)).toEqual({ order: [0, 1], broken: [0] })
  })

  it('gathers many before many in linear space', () => {
    const graph = new OperationGraph(1000)
    const point = graph.gather()
    for (let at = 0; at < 500; at++) graph.before(at + 500, point, 'hard')
    for (let at = 0; at < 500; at++) graph.before(point, at, 'hard')

    expect(graph.sort(byNumber).order.slice(0, 3)).toEqual([500, 501, 502])
  })
})

import { expect } from 'chai'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Result } from '../bench/report/result.ts'
import { writeReport } from '../bench/report/write-report.ts'

const machine = { cores: 2, cpu: 'a processor', memory: 2 ** 34, node: 'v24.0.0', load: [0.5, 0.25, 0], postgresql: '18.4', nats: '2.15.1' }

const results: ReadonlyArray<Result> = [
  { bench: 'pipeline', seed: 1, machine, figures: { ratioOne: 16.2, batchedPerSecond: 12_000, cpuMicrosNode: 40, cpuMicrosPostgresql: 50,
    cpuMicrosNats: 10 }, spread: { batchedPerSecond: { min: 11_000, max: 13_000 } }, bars: { ratioOne: { least: 15, met: true } } },
  { bench: 'latency', seed: 1, machine, figures: { idleP50Ms: 2, p99OverIdle: 30 }, spread: {},
    bars: { p99OverIdle: { most: 25, met: false } } },
  { bench: 'disk', seed: 1, machine, figures: { 'bytes of daisi.messages heap': 900 }, spread: {}, bars: {} },
]

describe('the report of the benchmarks', () => {
  let folder: string
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'bench-report-')) })
  afterEach(() => { rmSync(folder, { recursive: true }) })

  it('names the machine and has each figure in one table, those with a bar first', () => {
    writeReport(folder, results)
    const text = readFileSync(join(folder, 'latest.md'), 'utf8')
    expect(text).to.include('2 cores (a processor), 16.0 GiB, Node v24.0.0, PostgreSQL 18.4, nats-server 2.15.1')
    const rows = text.split('\n').filter((line) => line.startsWith('| ')).slice(1)
    expect(rows.slice(0, 3)).to.deep.equal(['| pipeline | ratio one | at least 15 | 16.2 |  | yes |',
      '| latency | p99 over idle | at most 25 | 30 |  | **no** |', '| pipeline | batched per second |  | 12000 | 11000 – 13000 |  |'])
    expect(rows).to.have.length(8)
  })
  it('shows charts that are there, and leaves nothing else behind', () => {
    writeReport(folder, results)
    const pictures = [...readFileSync(join(folder, 'latest.md'), 'utf8').matchAll(/!\[\w+\]\((\w+\.svg)\)/g)].map(([, name = '']) => name)
    expect(readdirSync(folder).sort()).to.deep.equal([...pictures, 'latest.md'].sort())
    for (const name of pictures) expect(readFileSync(join(folder, name), 'utf8')).to.match(/^<svg [^]*<\/svg>\n$/)
    expect(readFileSync(join(folder, 'throughput.svg'), 'utf8')).to.include('batched per second')
  })
  it('leaves the former text as it is when a file cannot be written', () => {
    writeFileSync(join(folder, 'latest.md'), 'former')
    mkdirSync(join(folder, '.latest.md.draft'))
    expect(() => { writeReport(folder, results) }).to.throw()
    expect(readFileSync(join(folder, 'latest.md'), 'utf8')).to.equal('former')
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mutations, type Mutation } from './mutations.ts'

/**
 * A program: `npm run test:mutation`. Works on a copy of the tree. First the tests named must pass as they are; then, with
 * one safety off at a time, at least one of them must fail. Its last line is one JSON object.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = ['domain', 'application', 'adapters', 'schemas', 'migrations', 'test', 'ops', 'package.json', 'tsconfig.json', 'README.md',
  '.mocharc.json', '.cache']

const copyOfTree = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'daisi-mutation-'))
  chmodSync(copy, 0o755)
  for (const source of SOURCES) cpSync(join(ROOT, source), join(copy, source), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

interface Outcome { readonly code: number | null; readonly failed: number }

/** Runs the tests in the copy; `failed` counts those that mocha says failed, so that a copy that does not even load is no success. */
const runTests = async (copy: string, tests: ReadonlyArray<string>): Promise<Outcome> => {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/mocha/bin/mocha.js'), ...tests],
    { cwd: copy, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TEST_DATABASE_URL: '', TEST_NATS_URL: '' } })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString() })
  const [code] = await once(child, 'exit') as [number | null]
  return { code, failed: Number(/(\d+) failed/.exec(output)?.[1] ?? 0) }
}

const mutated = async (copy: string, { file, from, to, tests }: Mutation): Promise<Outcome> => {
  const path = join(copy, file)
  const source = readFileSync(path, 'utf8')
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold the text of its mutation exactly once: ${from}`)
  writeFileSync(path, source.replace(from, () => to))
  const outcome = await runTests(copy, tests)
  writeFileSync(path, source)
  return outcome
}

const run = async (copy: string): Promise<ReadonlyArray<string>> => {
  const control = await runTests(copy, [...new Set(mutations.flatMap(({ tests }) => tests))])
  if (control.code !== 0) throw new Error('the tests do not pass even with every safety on')
  process.stdout.write('with every safety on: green\n')
  const survived: string[] = []
  for (const mutation of mutations) {
    const { failed } = await mutated(copy, mutation)
    if (failed === 0) survived.push(mutation.safety)
    process.stdout.write(`without "${mutation.safety}": ${failed === 0 ? 'GREEN, no test misses it' : `red, ${failed} failed`}\n`)
  }
  return survived
}

const copy = copyOfTree()
process.once('exit', () => { rmSync(copy, { recursive: true, force: true }) })
process.once('SIGINT', () => process.exit(1))
const survived = await run(copy)
const figures = { safeties: mutations.length, caught: mutations.length - survived.length, survived }
process.stdout.write(`${figures.caught} passed, ${survived.length} failed\n${JSON.stringify({ suite: 'mutation', figures })}\n`)
process.exit(survived.length === 0 ? 0 : 1)

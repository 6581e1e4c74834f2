import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { composeArgs } from './support/docker.ts'
import { obtainEngine } from './support/engine.ts'
import type { Engine } from './support/lab.ts'
import { ROOT, run } from './support/run.ts'

/**
 * `npm run test:image`: builds the image, starts the Compose stack and asks it, in a real container engine: the one that `docker`
 * reaches, else one out of Debian's packages that is gone afterwards. Where none can be had it says why, and that is a failure only
 * where containers were asked for (CONTAINERS=1).
 */
const WITHIN_MS = 900_000

const containersAreWanted = process.env['CONTAINERS'] === '1'

/** To end: by whoever started us, or because it takes too long. */
const asked = new AbortController()
setTimeout(() => {
  process.stderr.write(`test:image took longer than ${WITHIN_MS / 1_000} s\n`)
  asked.abort()
}, WITHIN_MS).unref()
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => { asked.abort() })

const engineOrReason = async (): Promise<Engine | string> => {
  try {
    return await obtainEngine(asked.signal)
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

/** Mocha in a process of its own, for it waits for `docker` and we must be free to read what the engine says. */
const runMocha = async (environment: Engine['environment']): Promise<number> => {
  const mocha = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', '--config', 'ops/test/image.mocharc.json'],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment } })
  asked.signal.addEventListener('abort', () => { mocha.kill('SIGTERM') })
  const [code] = await once(mocha, 'exit') as [number | null]
  return code ?? 1
}

const withEngine = async (engine: Engine): Promise<number> => {
  process.stdout.write(`with ${engine.said}\n`)
  try {
    return await runMocha(engine.environment)
  } finally {
    run('docker', composeArgs('--profile', 'tools', 'down', '--volumes', '--timeout', '5'), 60, { ...process.env, ...engine.environment })
    await engine.stop()
  }
}

const engine = await engineOrReason()
if (typeof engine === 'string') {
  process.stdout.write(`not run: ${engine}\n`)
  process.exitCode = containersAreWanted ? 1 : 0
} else process.exitCode = await withEngine(engine)

import { startLab, type Engine } from './lab.ts'
import { run } from './run.ts'

const ANSWERS_WITHIN_SECONDS = 20

/** The engine that `docker` reaches already, if any. */
const givenEngine = (): Engine | undefined => {
  const { code, out } = run('docker', ['info', '--format', '{{.ServerVersion}}'], ANSWERS_WITHIN_SECONDS)
  if (code !== 0) return undefined
  return { said: `the engine that is here, ${out.trim()}`, environment: {}, stop: () => Promise.resolve() }
}

/** The engine that is here, else one out of the distribution's packages. @throws in words when neither can be had */
export const obtainEngine = async (signal: AbortSignal): Promise<Engine> => givenEngine() ?? await startLab(signal)

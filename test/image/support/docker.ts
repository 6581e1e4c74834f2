import { run, type Ran } from './run.ts'

/** Tag of the image under test; nobody else's image is overwritten. */
export const IMAGE = 'daisi-wa-events-processor:test'

const QUICK_SECONDS = 60

export const docker = (args: ReadonlyArray<string>, withinSeconds = QUICK_SECONDS): Ran => run('docker', args, withinSeconds)

/** What a command that must succeed prints. */
export const dockerOutput = (args: ReadonlyArray<string>, withinSeconds = QUICK_SECONDS): string => {
  const { code, out, err } = docker(args, withinSeconds)
  if (code !== 0) throw new Error(`docker ${args.join(' ')}: ${code === null ? 'took too long' : `exit code ${code}`}\n${out}${err}`)
  return out.trim()
}

/** A project of its own, so that a stack that somebody runs beside is left alone. */
export const composeArgs = (...args: ReadonlyArray<string>): ReadonlyArray<string> =>
  ['compose', '--project-name', 'daisi-test', '--file', 'ops/docker/compose.yaml', ...args]

export const compose = (args: ReadonlyArray<string>, withinSeconds = QUICK_SECONDS): string =>
  dockerOutput(composeArgs(...args), withinSeconds)

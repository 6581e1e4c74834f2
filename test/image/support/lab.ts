import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild, type ChildServer } from '../../../adapters/main/embedded/child-server.ts'
import { ROOT, run } from './run.ts'

/** Where containers can be run, and what programs need to know of it. */
export interface Engine {
  readonly said: string
  readonly environment: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

const PACKAGES_WITHIN_SECONDS = 120
const IMAGES_WITHIN_SECONDS = 240
const UP_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 250
/** Containers are killed after it. */
const STOP_WITHIN_SECONDS = 30

const whyNot = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'docker reaches no engine, and without root none can be started'
  if (process.arch !== 'x64') return `docker reaches no engine, and the images that stand in are made for x64, not ${process.arch}`
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/share/keyrings/debian-archive-keyring.gpg') ? undefined
    : 'docker reaches no engine, and this is no Debian whose packages could make one'
}

const environmentOf = (folder: string) => ({
  PATH: `${folder}/engine/usr/bin:${folder}/engine/usr/sbin:${process.env['PATH'] ?? ''}`,
  DOCKER_HOST: `unix://${folder}/docker.sock`, DOCKER_CONFIG: `${folder}/docker`,
  // Without it testcontainers takes a machine that is a container itself for one that has no loopback, and wants an image to ask.
  TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
  // Its image cannot be had; the engine goes away with all containers.
  TESTCONTAINERS_RYUK_DISABLED: 'true',
})

type Environment = ReturnType<typeof environmentOf>

interface Within { readonly seconds: number; readonly signal: AbortSignal }

/** By `timeout`, which ends the programs that the script runs too. */
const script = async (step: string, folder: string, env: Environment, within: Within): Promise<void> => {
  const child = spawn('timeout', ['--kill-after=5', String(within.seconds), 'test/image/lab/lab.sh', step, folder],
    { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'pipe'], signal: within.signal })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString() })
  const [code] = await once(child, 'close') as [number | null]
  if (code !== 0) throw new Error(`${step} of a throw-away engine could not be had, exit code ${code}: ${said.trim().slice(-500)}`)
}

/** Leaves the machine's firewall and forwarding alone: containers reach each other and are reached, but reach nothing outside. */
const ALONE = ['--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip-masq=false']

const startDaemon = (folder: string, { PATH, DOCKER_HOST }: Environment): ChildServer => startChild({
  command: 'env', endSignal: 'TERM', args: [`PATH=${PATH}`, 'dockerd', '--data-root', `${folder}/data`, '--exec-root', `${folder}/exec`,
    '--pidfile', `${folder}/pid`, '--host', DOCKER_HOST, '--userland-proxy-path', `${folder}/engine/usr/sbin/docker-proxy`, ...ALONE],
})

const untilUp = async (daemon: ChildServer, env: Environment): Promise<string> => {
  for (const end = Date.now() + UP_WITHIN_MS; Date.now() < end && !daemon.hasEnded(); await sleep(LOOK_EVERY_MS)) {
    const { code, out } = run('docker', ['version', '--format', '{{.Server.Version}}'], 10, { ...process.env, ...env })
    if (code === 0) return out.trim()
  }
  throw new Error(`dockerd does not answer: ${daemon.log().slice(-500)}`)
}

/** Containers, networks, processes and folder; a bridge stays when its engine is only killed. */
const clear = async (folder: string, env: Environment, daemon: ChildServer | undefined): Promise<void> => {
  if (daemon !== undefined) {
    run('sh', ['-c', 'docker ps -aq | xargs -r docker rm --force --volumes; docker network prune --force'], STOP_WITHIN_SECONDS,
      { ...process.env, ...env })
    await daemon.stop()
    run('ip', ['link', 'delete', 'docker0'], STOP_WITHIN_SECONDS)
  }
  rmSync(folder, { recursive: true, force: true })
}

/** An engine and images, gone without a trace after `stop`, but for the packages runc, iptables and debootstrap. */
export const startLab = async (signal: AbortSignal): Promise<Engine> => {
  const reason = whyNot()
  if (reason !== undefined) throw new Error(reason)
  const folder = mkdtempSync(join(tmpdir(), 'daisi-lab-'))
  mkdirSync(`${folder}/docker`)
  const environment = environmentOf(folder)
  let daemon: ChildServer | undefined
  try {
    await script('engine', folder, environment, { seconds: PACKAGES_WITHIN_SECONDS, signal })
    daemon = startDaemon(folder, environment)
    const version = await untilUp(daemon, environment)
    await script('images', folder, environment, { seconds: IMAGES_WITHIN_SECONDS, signal })
    return { said: `a throw-away engine, ${version}, with images out of Debian's packages`, environment,
      stop: () => clear(folder, environment, daemon) }
  } catch (cause) {
    await clear(folder, environment, daemon)
    throw cause
  }
}

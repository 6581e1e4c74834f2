import { cpus, loadavg, totalmem } from 'node:os'
import { Client } from 'pg'

/** What the figures were measured on; memory in bytes, load averages of 1, 5 and 15 minutes. */
export interface Machine {
  readonly cores: number
  readonly cpu: string
  readonly memory: number
  readonly node: string
  readonly postgresql?: string
  readonly nats?: string
  readonly load: ReadonlyArray<number>
}

interface Addresses { readonly databaseUrl: string; readonly monitorUrl: string }

const BYTES_PER_GIB = 1_073_741_824

const postgresVersion = async (connectionString: string): Promise<string> => {
  const client = new Client({ connectionString })
  await client.connect()
  const { rows: [row] } = await client.query<{ readonly server_version: string }>('show server_version')
  await client.end()
  return row?.server_version ?? ''
}

const natsVersion = async (monitorUrl: string): Promise<string> =>
  (await (await fetch(`${monitorUrl}/varz`)).json() as { readonly version: string }).version

/** Without servers where none run. */
export const machineOf = async (servers?: Addresses): Promise<Machine> => ({
  cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown', memory: totalmem(), node: process.version, load: loadavg(),
  ...(servers === undefined ? {}
    : { postgresql: await postgresVersion(servers.databaseUrl), nats: await natsVersion(servers.monitorUrl) }),
})

const served = ({ postgresql, nats }: Machine): string =>
  (postgresql === undefined ? '' : `, PostgreSQL ${postgresql}, nats-server ${nats}`)

export const inWords = (machine: Machine): string =>
  `${machine.cores} cores (${machine.cpu}), ${(machine.memory / BYTES_PER_GIB).toFixed(1)} GiB, Node ${machine.node}${served(machine)}, `
  + `load ${machine.load.map((average) => average.toFixed(2)).join(' ')}`

/** The servers of one test run. */
export interface TestServers {
  /** Login of a superuser. */
  readonly databaseUrl: string
  readonly natsUrl: string
  /** NATS monitoring, http. */
  readonly natsMonitorUrl: string
  readonly stop: () => Promise<void>
}

/** Test files run side by side, each with pools of its own. */
export const TEST_CONNECTIONS = 200

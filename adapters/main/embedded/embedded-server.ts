/** A real server that runs as our child. */
export interface EmbeddedServer {
  /** Where clients connect. */
  readonly url: string
  /** One line for the operator: what runs and where its data are. */
  readonly note: string
  readonly pid: number
  /** Asks it to end and waits until it has; a server that is gone already is no error. Data stay. */
  readonly stop: () => Promise<void>
}

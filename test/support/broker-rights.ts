import { errors, type NatsConnection } from '@nats-io/transport-node'

const ANSWER_WITHIN_MS = 5_000

const isRefusal = (cause: unknown): boolean => cause instanceof errors.PermissionViolationError
  || (cause instanceof Error && cause.cause instanceof errors.PermissionViolationError)
const isUnheard = (cause: unknown): boolean => cause instanceof errors.NoRespondersError
  || (cause instanceof errors.RequestError && cause.isNoResponders())

/** Whether the broker takes a message there; its body means nothing, so that no request of the API is carried out. */
export const mayPublish = async (connection: NatsConnection, subject: string): Promise<boolean> => {
  try {
    await connection.request(subject, 'x', { timeout: ANSWER_WITHIN_MS })
    return true
  } catch (cause) {
    if (isRefusal(cause)) return false
    if (isUnheard(cause)) return true
    throw cause
  }
}

/** Whether the broker lets one listen there. */
export const mayListen = async (connection: NatsConnection, subject: string): Promise<boolean> => {
  const refused: unknown[] = []
  const subscription = connection.subscribe(subject, { callback: (error) => { if (error !== null) refused.push(error) } })
  await connection.flush()
  subscription.unsubscribe()
  await connection.flush()
  const [error] = refused
  if (error !== undefined && !isRefusal(error)) throw error
  return error === undefined
}

import type { Logger } from '../outbound/telemetry/logger.ts'

/**
 * Node would print an error that nobody caught whole: a driver's says what customers wrote, in its message and in fields of its own
 * (bad inputs E120). The process ends all the same, since nobody knows what it left half done; whoever runs it starts it again.
 */
export const endSilently = (logger: Logger): void => {
  process.once('uncaughtException', (cause: unknown) => {
    logger.error('the process ends of an error that nobody caught', {}, cause)
    process.exit(1)
  })
}

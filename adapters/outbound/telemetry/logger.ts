import winston from 'winston'

/** Fields of a log line. Ids of companies, subjects, sequences, counts, durations: never a body, phone, name or token. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Logger {
  readonly error: (message: string, fields?: LogFields, cause?: unknown) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly info: (message: string, fields?: LogFields) => void
  readonly debug: (message: string, fields?: LogFields) => void
}

/** Name, code and frames of an error. Its message is left out, with lines of it that look like frames: a driver's may quote data. */
const describeCause = (cause: unknown): Record<string, string> => {
  if (!(cause instanceof Error)) return { error: typeof cause }
  const code: unknown = Reflect.get(cause, 'code')
  const lines = (cause.stack ?? '').replace(cause.message, '').split('\n')
  const frames = lines.filter((line) => line.trimStart().startsWith('at ')).slice(0, 12).join('\n')
  return { error: cause.name, ...(typeof code === 'string' ? { code } : {}), stack: frames }
}

/** JSON lines on standard error; standard output belongs to what a command answers. */
export const winstonLogger = (level: string, process: string): Logger => {
  const logger = winston.createLogger({
    level, defaultMeta: { process },
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  })
  return {
    error: (message, fields, cause) => { logger.error(message, { ...fields, ...(cause === undefined ? {} : describeCause(cause)) }) },
    warn: (message, fields) => { logger.warn(message, fields) },
    info: (message, fields) => { logger.info(message, fields) },
    debug: (message, fields) => { logger.debug(message, fields) },
  }
}

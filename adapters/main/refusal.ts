import { EXIT_CONFIGURATION } from './settings.ts'

/** Ends the process: one line a problem on standard error, exit code 78, for a restart cannot help (bad inputs 8). */
export const refuse = (problems: ReadonlyArray<string>): never => {
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exit(EXIT_CONFIGURATION)
}

export const refuseIfAny = (problems: ReadonlyArray<string>): void => { if (problems.length > 0) refuse(problems) }

/** Of an address that is taken or not ours, and of files that cannot be read or written (bad inputs C18, C19). */
const REFUSED = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST',
  'EISDIR', 'ENOSPC', 'EMFILE'])

/** Node's own errors name the call and the path or address, never a setting's secret. What is not one of them is a bug. */
export const orRefuse = async <A>(start: Promise<A>): Promise<A> => {
  try {
    return await start
  } catch (cause) {
    if (cause instanceof Error && REFUSED.has(String(Reflect.get(cause, 'code')))) refuse([`cannot start: ${cause.message}`])
    throw cause
  }
}

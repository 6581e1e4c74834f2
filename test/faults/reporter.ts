import type Mocha from 'mocha'
import SpecWithTotals from '../support/reporter.ts'
import { figuresLine } from './figures.ts'

/** The report of all tests, closed by the figures as one line of JSON: of a failed run what is known. */
export default class SpecWithFigures extends SpecWithTotals {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options)
    runner.once('end', () => { process.stdout.write(`${figuresLine()}\n`) })
  }
}

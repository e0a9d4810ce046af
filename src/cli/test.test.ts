import { describe, expect, test } from 'vitest'
import { tallyOf } from './test.ts'

const file = (status: string, ...tests: string[]) => ({
  name: 'a',
  status,
  message: '',
  assertionResults: tests.map((status) => ({ status })),
})
const report = (passed: number, failed: number, pending: number, todo: number, ...testResults: ReturnType<typeof file>[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
  testResults,
})

describe('the tally of a run', () => {
  test.each([
    ['all passed', report(2, 0, 1, 1, file('passed', 'passed', 'passed', 'pending', 'todo')), 0, { passed: 2, failed: 0, skipped: 2 }],
    ['one failed', report(1, 1, 0, 0, file('failed', 'passed', 'failed')), 1, { passed: 1, failed: 1, skipped: 0 }],
    ['a file did not load', report(1, 0, 0, 0, file('passed', 'passed'), file('failed')), 1, { passed: 1, failed: 1, skipped: 0 }],
    ['the set-up of a file failed', report(0, 0, 2, 0, file('failed', 'pending', 'pending')), 1, { passed: 0, failed: 1, skipped: 2 }],
    [
      'an error outside any test',
      report(3, 0, 0, 0, file('passed', 'passed', 'passed', 'passed')),
      1,
      { passed: 3, failed: 1, skipped: 0 },
    ],
    ['the run broke off', undefined, 137, { passed: 0, failed: 1, skipped: 0 }],
    ['no test', report(0, 0, 0, 0), 1, { passed: 0, failed: 0, skipped: 0 }],
  ] as const)('%s', (_, given, code, tally) => {
    expect(tallyOf(given && { ...given, testResults: [...given.testResults] }, code)).toEqual(tally)
  })
})

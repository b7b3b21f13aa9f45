type ExitCode = 1 | 2 | 126 | 127

/** Why the server did not start, in words for the person who started it. */
export class StartupError extends Error {
  /**
   * 1: it cannot run here and now. 2: it was asked for something that makes no sense. 126 and 127, as in a shell: what it
   * was to run cannot be run, or is not there.
   */
  readonly exitCode: ExitCode

  constructor(message: string, { exitCode = 1, cause }: { exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, { cause })
    this.name = 'StartupError'
    this.exitCode = exitCode
  }
}

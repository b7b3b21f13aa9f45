/** Why the server did not start, in words for the person who started it. */
export class StartupError extends Error {
  /** 1: it cannot run here and now. 2: it was asked for something that makes no sense. */
  readonly exitCode: 1 | 2

  constructor(message: string, { exitCode = 1, cause }: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, { cause })
    this.name = 'StartupError'
    this.exitCode = exitCode
  }
}

import { Agent } from 'node:http'
import { describe, expect, test } from 'vitest'
import { httpSettings } from '../src/transport/http-options.js'

const settingsOf = (options: object) => httpSettings(options)

describe('httpOptions', () => {
  test('has a time limit of 30 seconds and 2 retries by default', () => {
    expect(settingsOf({})).toMatchObject({ timeout: 30_000, retryLimit: 2, headers: {} })
  })

  test.each([
    [{ timeout: 300 }, { timeout: 300 }],
    [{ timeout: { request: 300 } }, { timeout: 300 }],
    [{ timeout: {} }, { timeout: 30_000 }],
    [
      { timeout: undefined, retry: null, hooks: undefined },
      { timeout: 30_000, retryLimit: 2 },
    ],
    [{ retry: 0 }, { retryLimit: 0 }],
    [{ retry: { limit: 5 } }, { retryLimit: 5 }],
  ])('%j is understood', (options, settings) => {
    expect(settingsOf(options)).toMatchObject(settings)
  })

  test('takes an agent, or one for each protocol', () => {
    const agent = new Agent()
    expect(settingsOf({ agent }).agents).toEqual({ http: agent, https: agent })
    expect(settingsOf({ agent: { https: agent } }).agents).toEqual({ http: undefined, https: agent })
  })

  test.each([
    [{ hooks: {} }, /httpOptions\.hooks is not supported/],
    [{ followRedirect: false }, /httpOptions\.followRedirect is not supported/],
    [{ constructor: 1 }, /httpOptions\.constructor is not supported/],
    [{ timeout: { connect: 1 } }, /httpOptions\.timeout\.connect is not supported/],
    [{ retry: { methods: [] } }, /httpOptions\.retry\.methods is not supported/],
    [{ timeout: 0 }, /httpOptions\.timeout must be/],
    [{ timeout: Number.POSITIVE_INFINITY }, /httpOptions\.timeout must be/],
    [{ timeout: '5' }, /httpOptions\.timeout is not supported|must be/],
    [{ retry: -1 }, /httpOptions\.retry must be/],
    [{ agent: true }, /httpOptions\.agent/],
    [{ agent: { http: 1 } }, /httpOptions\.agent must be/],
    [{ agent: { http2: {} } }, /httpOptions\.agent\.http2 is not supported/],
    [{ headers: { 'x y': '1' } }, /x y/],
    [{ headers: { 'x-a': 'a\nb' } }, /x-a/],
    [{ headers: { 'Content-Length': '5' } }, /Content-Length/],
  ])('%j is refused by name', (options, message) => {
    expect(() => settingsOf(options)).toThrow(message)
  })
})

// Builds the packages that are published. With --if-stale only those whose sources changed since they were built.
import { buildPackages } from './packages.mjs'

process.exitCode = (await buildPackages({ ifStale: process.argv.includes('--if-stale') })) ? 0 : 1

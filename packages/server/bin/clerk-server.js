#!/usr/bin/env node
// Not built, because npm links a command only when its file is there at the time of installing.
import '../dist/cli.js'

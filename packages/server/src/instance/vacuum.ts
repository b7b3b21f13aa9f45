// Runs in a thread of its own: copies an SQLite database as it is at one moment, without what is free in it.
import { workerData } from 'node:worker_threads'
import Libsql from 'libsql'

const { source, target } = workerData as { source: string; target: string }

const database = new Libsql(source)
database.exec('pragma busy_timeout = 5000')
database.prepare('vacuum into ?').run(target)
database.close()

const copy = new Libsql(target)
const found = copy.prepare('pragma quick_check').get() as { quick_check: string }
copy.close()
if (found.quick_check !== 'ok') throw new Error(`the database is damaged: ${found.quick_check}`)

import { everyClient } from './whole-surface.js'

everyClient('PostgreSQL')

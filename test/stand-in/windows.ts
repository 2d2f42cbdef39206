import { EventEmitter } from 'node:events';
import type { StandInWindow } from './browser-window.ts';

/** All open windows by id, oldest first. */
export const windows = new Map<number, StandInWindow>();

/** What the app hears of its windows. */
export const windowEvents = new EventEmitter<{ created: [StandInWindow]; closed: [] }>();

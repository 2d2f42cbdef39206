import type { LiveDevice } from '../../../src/common/model/live-device';

/** A device that is online and has sent nothing, with what the test is about put in. */
export function liveDevice(deviceId: string, given: Partial<LiveDevice> = {}): LiveDevice {
  return {
    deviceId,
    merged: [],
    name: deviceId,
    colour: 0,
    platform: null,
    note: '',
    isRevoked: false,
    isOnline: true,
    connectedAtMs: 1_000,
    address: null,
    lastReceivedAtMs: null,
    frames: 0,
    refused: 0,
    rateHz: 0,
    delayMs: null,
    position: null,
    orientation: null,
    motion: null,
    weather: null,
    objects: null,
    photo: null,
    track: null,
    batteryPct: null,
    charging: null,
    visibility: null,
    queued: null,
    captured: null,
    clock: null,
    sos: null,
    ...given,
  };
}

/** A device at a place, as of `atMs`. */
export function placedDevice(deviceId: string, latitude: number, longitude: number, atMs: number): LiveDevice {
  const value = {
    latitude,
    longitude,
    altitude: null,
    accuracy: 5,
    altitudeAccuracy: null,
    heading: null,
    speed: null,
  };
  return liveDevice(deviceId, { lastReceivedAtMs: atMs, position: { value, atMs } });
}

import L from 'leaflet';
import type { LiveDevice } from '../../../../common/model/live-device';
import type { Position } from '../../../../common/model/position';
import { formatAge } from '../../format/time';
import type { Presence } from '../../stores/presence';
import { initialsOf, personColour } from '../../theme/person-colour';
import styles from './device-marker.module.css';

/** Everything a marker shows; equal values need no redraw. */
interface MarkerFace {
  readonly device: LiveDevice;
  readonly position: Position;
  readonly presence: Presence;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  /** Shows its screen or camera just now. */
  readonly isSharing: boolean;
  readonly scheme: 'light' | 'dark';
  /** Since the last frame, ms; shown on markers of silent people. null when there was none. */
  readonly ageMs: number | null;
}

/** One person on the map. */
export interface DeviceMarker {
  readonly marker: L.Marker;
  show(face: MarkerFace): void;
  setLabelShown(isShown: boolean): void;
  /** Size of the label, px; 0 before it is in the document. */
  labelSize(): { readonly width: number; readonly height: number };
}

// No text of a phone in here: names are put in as text nodes, never as markup.
const TEMPLATE = `
  <svg viewBox="-24 -24 48 48" aria-hidden="true">
    <path class="${styles.wedge}" d="M0 -23 8 -9H-8Z" />
    <circle class="${styles.ring}" r="16" />
    <circle class="${styles.disc}" r="12" />
    <text class="${styles.initials}" y="3.7"></text>
    <g class="${styles.sharing}" data-testid="marker-share"><circle cx="11" cy="-11" r="7" /><path d="M7.6 -14h6.8v4.6h-6.8zM11 -9.4v2" /></g>
  </svg>
  <span class="${styles.label}"><span></span><span class="${styles.age}"></span></span>`;

/** Whether a click on a marker hit the badge of somebody who shares. */
export function isOnShareBadge(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`.${styles.sharing}`) !== null;
}

export function createDeviceMarker(deviceId: string, position: Position): DeviceMarker {
  const root = document.createElement('div');
  root.className = styles.marker ?? '';
  root.innerHTML = TEMPLATE;
  const part = <E extends Element>(selector: string): E => {
    const element = root.querySelector<E>(selector);
    if (!element) throw new Error(`The marker template has no ${selector}.`);
    return element;
  };
  const parts: MarkerParts = {
    root,
    wedge: part<SVGPathElement>('path'),
    initials: part<SVGTextElement>('text'),
    label: part<HTMLElement>(`.${styles.label}`),
    name: part<HTMLElement>(`.${styles.label} > span`),
    age: part<HTMLElement>(`.${styles.age}`),
  };
  const marker = L.marker([position.latitude, position.longitude], {
    icon: L.divIcon({ html: root, className: styles.icon ?? '', iconSize: [48, 48], iconAnchor: [24, 24] }),
    // The roster is the way by keyboard: 500 tab stops are none.
    keyboard: false,
  });
  let last: MarkerFace | null = null;
  return {
    marker,
    show: (face) => {
      if (last?.device !== face.device || last.scheme !== face.scheme) showDevice(marker, parts, face, last);
      showState(marker, parts, face);
      last = face;
    },
    setLabelShown: (isShown) => {
      parts.label.hidden = !isShown;
    },
    labelSize: () => ({ width: parts.label.offsetWidth, height: parts.label.offsetHeight }),
  };

  function showDevice(target: L.Marker, to: MarkerParts, face: MarkerFace, before: MarkerFace | null): void {
    const { latitude, longitude, heading } = face.position;
    target.setLatLng([latitude, longitude]);
    const { dataset, style } = to.root;
    dataset.testid = 'marker';
    dataset.deviceId = deviceId;
    dataset.lat = String(latitude);
    dataset.lng = String(longitude);
    to.wedge.style.display = heading === null ? 'none' : '';
    if (heading !== null) to.wedge.style.transform = `rotate(${heading}deg)`;
    if (before?.device.name !== face.device.name) {
      to.initials.textContent = initialsOf(face.device.name);
      to.name.textContent = face.device.name;
    }
    const colour = personColour(face.device.colour);
    style.setProperty('--person', colour[face.scheme]);
    style.setProperty('--person-ink', face.scheme === 'light' ? colour.inkOnLight : colour.inkOnDark);
  }
}

interface MarkerParts {
  readonly root: HTMLElement;
  readonly wedge: SVGPathElement;
  readonly initials: SVGTextElement;
  readonly label: HTMLElement;
  readonly name: HTMLElement;
  readonly age: HTMLElement;
}

function showState(marker: L.Marker, { root, age }: MarkerParts, face: MarkerFace): void {
  const { device, presence, isSelected, isHovered, ageMs } = face;
  const isCalling = device.sos?.active === true;
  root.dataset.presence = presence;
  root.dataset.selected = String(isSelected);
  root.dataset.sos = String(isCalling);
  root.dataset.sharing = String(face.isSharing);
  age.textContent = presence === 'online' || ageMs === null ? '' : formatAge(ageMs);
  marker.setZIndexOffset(layerOf(isCalling, isSelected || isHovered, presence));
}

/** Who calls for help is on top of all, who is pointed at on top of the rest, who is gone below. */
function layerOf(isCalling: boolean, isPointedAt: boolean, presence: Presence): number {
  if (isCalling) return 20_000;
  if (isPointedAt) return 10_000;
  return presence === 'offline' ? -10_000 : 0;
}

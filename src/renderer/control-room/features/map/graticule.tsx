import { useComputedColorScheme } from '@mantine/core';
import L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import { degreeLabel, graticuleStep, gridLines } from './graticule-steps';
import { MAP_COLOURS, type MapColours } from './map-colours';

const PANE = 'perch-graticule';
const REDRAW_ON = 'move zoom viewreset resize';

/** Lines of latitude and longitude, as fine as the zoom asks for, and a scale: movement is legible on empty ground. */
export function Graticule() {
  const map = useMap();
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const pane = map.getPane(PANE) ?? map.createPane(PANE);
    pane.style.zIndex = '250';
    pane.style.pointerEvents = 'none';
    // Leaflet hides what has this class while a zoom is animated: the canvas would be in the wrong place.
    const canvas = L.DomUtil.create('canvas', 'leaflet-zoom-hide', pane);
    const draw = (): void => drawGraticule(map, canvas, MAP_COLOURS[scheme]);
    draw();
    map.on(REDRAW_ON, draw);
    return () => {
      map.off(REDRAW_ON, draw);
      canvas.remove();
    };
  }, [map, scheme]);
  useEffect(() => {
    const scale = L.control.scale({ imperial: false, maxWidth: 140, position: 'bottomleft' }).addTo(map);
    return () => {
      scale.remove();
    };
  }, [map]);
  return null;
}

function drawGraticule(map: L.Map, canvas: HTMLCanvasElement, colours: MapColours): void {
  const context = prepare(map, canvas);
  if (!context) return;
  const { x: width, y: height } = map.getSize();
  const bounds = map.getBounds();
  const step = graticuleStep((bounds.getEast() - bounds.getWest()) / width);
  const meridians = gridLines(Math.max(-180, bounds.getWest()), Math.min(180, bounds.getEast()), step).map(
    (degrees) => ({
      at: map.latLngToContainerPoint([0, degrees]).x,
      label: degreeLabel(degrees, step, ['E', 'W']),
    }),
  );
  const parallels = gridLines(Math.max(-85, bounds.getSouth()), Math.min(85, bounds.getNorth()), step).map(
    (degrees) => ({
      at: map.latLngToContainerPoint([degrees, bounds.getWest()]).y,
      label: degreeLabel(degrees, step, ['N', 'S']),
    }),
  );

  context.strokeStyle = colours.gridLine;
  context.lineWidth = 1;
  context.beginPath();
  for (const { at } of meridians) line(context, [at, 0], [at, height]);
  for (const { at } of parallels) line(context, [0, at], [width, at]);
  context.stroke();

  context.font = "11px 'Inter Variable', system-ui, sans-serif";
  context.lineWidth = 3;
  context.strokeStyle = colours.gridHalo;
  context.fillStyle = colours.gridText;
  const write = (label: string, x: number, y: number): void => {
    context.strokeText(label, x, y);
    context.fillText(label, x, y);
  };
  for (const { at, label } of meridians) if (at < width - 80) write(label, at + 5, 14);
  for (const { at, label } of parallels) if (at > 32 && at < height - 48) write(label, 8, at - 5);
}

/** Lays the canvas over the view, at the screen's own resolution, and empties it. */
function prepare(map: L.Map, canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const { x: width, y: height } = map.getSize();
  const ratio = window.devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}

function line(context: CanvasRenderingContext2D, from: readonly [number, number], to: readonly [number, number]): void {
  // On half pixels a line of one pixel is one pixel.
  context.moveTo(Math.round(from[0]) + 0.5, Math.round(from[1]) + 0.5);
  context.lineTo(Math.round(to[0]) + 0.5, Math.round(to[1]) + 0.5);
}

import { MapContainer } from 'react-leaflet';
import { AccuracyCircles } from './accuracy-circles';
import { Camera } from './camera';
import { DeviceMarkers } from './device-markers';
import { Graticule } from './graticule';
import styles from './live-map.module.css';
import { MapControls } from './map-controls';
import { MapHint } from './map-hint';
import { TrailLines } from './trail-lines';
import { WorldOutline } from './world-outline';

/**
 * Where everybody is. No tiles and no network: a bundled world outline for the large view, a graticule and a scale
 * for the street. What moves is drawn by Leaflet from store subscriptions, not by React.
 */
export function LiveMap() {
  return (
    <>
      <MapContainer
        className={styles.map}
        center={[25, 10]}
        zoom={2}
        minZoom={2}
        maxZoom={20}
        zoomSnap={0.5}
        preferCanvas
        zoomControl={false}
        attributionControl={false}
        maxBounds={[
          [-89, -400],
          [89, 400],
        ]}
      >
        <WorldOutline />
        <Graticule />
        <TrailLines />
        <AccuracyCircles />
        <DeviceMarkers />
        <Camera />
        <MapControls />
      </MapContainer>
      <MapHint />
    </>
  );
}

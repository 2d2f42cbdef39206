import type { WifiNetwork } from '../../../../common/model/wifi-network';

/**
 * A WiFi network as phones read it from a QR code: `WIFI:T:WPA;S:name;P:password;;`
 * (https://github.com/zxing/zxing/wiki/Barcode-Contents, WPA3 specification section 7.1). `T:WPA` stands for WPA2 and
 * WPA3 as well.
 */
export function toWifiText({ ssid, password, isHidden }: WifiNetwork): string {
  const security = password === null ? 'T:nopass;' : 'T:WPA;';
  const secret = password === null ? '' : `P:${withBackslashes(password)};`;
  return `WIFI:${security}S:${toName(ssid)};${secret}${isHidden ? 'H:true;' : ''};`;
}

/** What has a meaning in that text. */
const withBackslashes = (text: string): string => text.replace(/[\\;,:"]/g, '\\$&');

/** A name that could be taken for hexadecimal digits gets quotes; a password is taken as it is. */
const toName = (ssid: string): string => (/^([0-9a-f]{2})+$/i.test(ssid) ? `"${ssid}"` : withBackslashes(ssid));

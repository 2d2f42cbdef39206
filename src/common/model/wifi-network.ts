/** The WiFi that phones are to join, as the operator typed it: for the poster. */
export interface WifiNetwork {
  /** 1 to 32 characters. */
  readonly ssid: string;
  /** null: an open network. */
  readonly password: string | null;
  /** It does not say its name: phones must be told to look for it. */
  readonly isHidden: boolean;
}

/** How a share comes: from our phone page or another's WebRTC page; from a WHIP sender; pulled as pictures. */
export type ShareSource = 'webrtc' | 'whip' | 'mjpeg';

/** What is shared. */
export type ShareKind = 'screen' | 'camera';

/** Which way the pictures come at present: straight from the phone, or one by one through the hub. */
export type SharePath = 'direct' | 'snapshots';

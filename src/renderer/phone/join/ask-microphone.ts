/** Asks for the microphone now, so that the first sound is not lost to a question. Resolves with whether it may be used. */
export const askMicrophone = (): Promise<boolean> => ask({ audio: true });

/** The same of the camera. */
export const askCamera = (): Promise<boolean> => ask({ video: true });

/** Nothing is recorded. */
async function ask(wanted: MediaStreamConstraints): Promise<boolean> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    for (const track of stream.getTracks()) track.stop();
    return true;
  } catch {
    // No secure page, no such device or a no: its button says so when it is pressed.
    return false;
  }
}

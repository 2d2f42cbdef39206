/**
 * Asks for the microphone now, so that the first sound is not lost to a question; records nothing. Resolves with whether it
 * may be used.
 */
export async function askMicrophone(): Promise<boolean> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of stream.getTracks()) track.stop();
    return true;
  } catch {
    // No secure page, no microphone or a no: the sound button says so when it is pressed.
    return false;
  }
}

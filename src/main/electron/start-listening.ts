import { dialog } from 'electron';
import type { Hub } from '../hub/hub';
import { PortInUseError } from '../lan';

const BUTTONS = ['Use another port', 'Quit'] as const;

/** The two ports asked for; 0 = any free one. */
export interface Ports {
  readonly port: number;
  readonly tlsPort: number;
}

/**
 * Starts the hub; where a port is taken, asks the operator, and takes any free one for this run.
 * @returns false when the operator would rather quit
 * @throws what else keeps the hub from listening
 */
export async function startListening(hub: Pick<Hub, 'start'>, wanted: Ports): Promise<boolean> {
  try {
    await hub.start(wanted);
    return true;
  } catch (error) {
    if (!(error instanceof PortInUseError)) throw error;
    if (!(await shouldUseAnother(error))) return false;
    const isTls = error.port === wanted.tlsPort && error.port !== wanted.port;
    return startListening(hub, isTls ? { ...wanted, tlsPort: 0 } : { ...wanted, port: 0 });
  }
}

async function shouldUseAnother(error: PortInUseError): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Perch',
    message: error.message,
    detail:
      'Perch can use another port for now. Phones that are paired already look for it at its usual one: quit the other program and start Perch again to have them back.',
    buttons: [...BUTTONS],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** The device's cameras: opening one, its lamp, and in plain codes why there is none. */

export type CameraProblem = 'insecure' | 'refused' | 'none' | 'busy' | 'unreadable';

/** Why the camera cannot read tickets just now. */
export class NoCamera extends Error {
  constructor(readonly problem: CameraProblem) {
    super(problem);
  }
}

export interface CameraChoice {
  id: string;
  label: string;
}

const PROBLEMS: Record<string, CameraProblem> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Opens the chosen camera, else the one that faces away from the person who holds the device. */
export async function openCamera(id?: string): Promise<MediaStream> {
  // Browsers show cameras to secure pages only.
  if (!navigator.mediaDevices) throw new NoCamera('insecure');
  const choice = id ? { deviceId: { exact: id } } : { facingMode: 'environment' };
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { ...choice, width: { ideal: 1280 }, height: { ideal: 720 } } });
  } catch (error) {
    throw new NoCamera(PROBLEMS[(error as DOMException).name] ?? 'none');
  }
}

/** Whether the person has let this page use the camera before. Some browsers do not tell. */
export async function isCameraAllowed(): Promise<boolean> {
  const status = await navigator.permissions?.query({ name: 'camera' }).catch(() => null);
  return status?.state === 'granted';
}

/** Names are only told after the person has let us use a camera. */
export async function listCameras(): Promise<CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === 'videoinput').map((device) => ({ id: device.deviceId, label: device.label }));
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export function cameraId(stream: MediaStream): string {
  return stream.getVideoTracks()[0]?.getSettings().deviceId ?? '';
}

// `torch` is not in TypeScript's DOM types.
type Lamp = MediaTrackCapabilities & { torch?: boolean };

export function hasLamp(stream: MediaStream): boolean {
  const track = stream.getVideoTracks()[0];
  return Boolean((track?.getCapabilities?.() as Lamp | undefined)?.torch);
}

export async function setLamp(stream: MediaStream, on: boolean): Promise<void> {
  await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
}

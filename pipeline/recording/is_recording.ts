const RECORDING = /\.(?:wav|flac)$/i;
const SYSTEM_FOLDERS = new Set(["lost+found", "System Volume Information", "$RECYCLE.BIN"]);

/**
 * Whether a file is a recording by its name: WAV or FLAC, and not what macOS keeps beside a file
 * on other systems' disks (`._NAME.wav`).
 *
 * @param place A path or URI.
 */
export function isRecording(place: string): boolean {
  const name = place.slice(Math.max(place.lastIndexOf("/"), place.lastIndexOf("\\")) + 1);
  return RECORDING.test(name) && !isOfSystem(name);
}

/**
 * Whether a file or folder is none of the user's by its name: hidden, as are trash cans and the
 * stores of git-annex, or of the disk's own.
 *
 * @param name The name without its folder.
 */
export function isOfSystem(name: string): boolean {
  return name.startsWith(".") || SYSTEM_FOLDERS.has(name);
}

// QR codes from the camera or from a picture, where the browser itself can read them.
import { Fault } from "./bytes.js";

const FORMAT = "qr_code";
const PAUSE = 150;

export async function canScan() {
  if (!("BarcodeDetector" in window)) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes(FORMAT);
}

async function codeIn(picture) {
  const [code] = await new BarcodeDetector({ formats: [FORMAT] }).detect(picture);
  return code?.rawValue;
}

export async function codeOfPicture(file) {
  let code;
  try {
    code = await codeIn(await createImageBitmap(file));
  } catch {
    throw new Fault("no_code");
  }
  if (!code) throw new Fault("no_code");
  return code;
}

// The first code that the camera sees; the picture is shown meanwhile and kept nowhere.
export async function scan(video) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  } catch {
    throw new Fault("no_camera");
  }
  video.hidden = false;
  try {
    video.srcObject = stream;
    await video.play();
    for (;;) {
      const code = await codeIn(video);
      if (code) return code;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  } catch {
    throw new Fault("no_camera");
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.hidden = true;
  }
}

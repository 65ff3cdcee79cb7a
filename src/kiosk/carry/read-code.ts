// Finds the QR code in a picture: of the camera, or a photo.
import { decodeQR } from 'qr/decode.js'

/** Pixels of the longer side beyond which a picture is made smaller: enough for the codes of a screen. */
const longest = 1600

/** What the code in it holds, or null where none can be read. */
export function readCode(
  picture: CanvasImageSource,
  width: number,
  height: number,
  canvas: HTMLCanvasElement,
): string | null {
  const scale = Math.min(1, longest / Math.max(width, height))
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const paint = canvas.getContext('2d', { willReadFrequently: true })
  if (!paint || canvas.width === 0) return null
  paint.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return codeIn(paint.getImageData(0, 0, canvas.width, canvas.height))
}

/** The same of pixels. */
export function codeIn(pixels: { data: Uint8ClampedArray; width: number; height: number }): string | null {
  try {
    return decodeQR(pixels)
  } catch {
    // Most pictures of a camera show none.
    return null
  }
}

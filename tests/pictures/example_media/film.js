// The example's film, drawn frame by frame: how a bench came to an invented square.
const W = 640, H = 360, FPS = 12, SECONDS = 14;
const PAPER = "#f7f2e8", INK = "#1b1916", RED = "#bd3521", SUN = "#f2b632", GREEN = "#1f6b41", BLUE = "#1f4f8f", WOOD = "#8f5a06";
const ease = (x) => { const t = Math.min(1, Math.max(0, x)); return t * t * (3 - 2 * t); };

function house(g, x, wide, high, colour, roof) {
  g.fillStyle = colour; g.fillRect(x, 250 - high, wide, high);
  g.fillStyle = roof; g.beginPath(); g.moveTo(x - 8, 250 - high); g.lineTo(x + wide / 2, 250 - high - 42); g.lineTo(x + wide + 8, 250 - high); g.fill();
  g.fillStyle = PAPER;
  for (let row = 0; row < high / 48 - 0.6; row++) for (let n = 0; n < wide / 44 - 0.4; n++) g.fillRect(x + 14 + n * 42, 262 - high + row * 46, 18, 24);
}

function person(g, x, y, colour, { sits = 0, bag = false, step = 0, waves = 0 } = {}) {
  g.lineCap = "round"; g.lineWidth = 9; g.strokeStyle = INK;
  const hip = y - 46 + sits * 12, swing = Math.sin(step) * 13 * (1 - sits);
  g.beginPath(); g.moveTo(x, hip); g.lineTo(x + swing + sits * 24, hip + 24 * (1 - sits) + 4); g.lineTo(x + swing + sits * 24, y); g.stroke();
  g.beginPath(); g.moveTo(x, hip); g.lineTo(x - swing + sits * 18, hip + 24 * (1 - sits) + 4); g.lineTo(x - swing + sits * 18, y); g.stroke();
  g.strokeStyle = colour; g.lineWidth = 24; g.beginPath(); g.moveTo(x, hip - 4); g.lineTo(x, hip - 40); g.stroke();
  g.lineWidth = 8; g.beginPath(); g.moveTo(x, hip - 40); g.lineTo(x + 18, hip - 18 - waves * 44); g.stroke();
  g.fillStyle = "#7a4a2b"; g.beginPath(); g.arc(x, hip - 70, 15, 0, 7); g.fill();
  g.fillStyle = "#d8cdb8"; g.beginPath(); g.arc(x, hip - 75, 15, Math.PI, 0); g.fill();
  if (bag) { g.fillStyle = SUN; g.fillRect(x + 10, hip - 14, 22, 26); }
}

function bench(g, y) {
  g.fillStyle = WOOD;
  g.fillRect(262, y - 42, 170, 12); g.fillRect(262, y - 82, 170, 10); g.fillRect(262, y - 66, 170, 10);
  g.fillStyle = INK; for (const x of [276, 408]) { g.fillRect(x, y - 84, 8, 84); g.fillRect(x + 12, y - 34, 8, 34); }
}

function draw(g, t) {
  g.fillStyle = PAPER; g.fillRect(0, 0, W, H);
  g.fillStyle = SUN; g.beginPath(); g.arc(540, 74 - 12 * ease(t / 14), 36, 0, 7); g.fill();
  house(g, 22, 104, 130, RED, INK); house(g, 140, 92, 96, BLUE, INK); house(g, 470, 128, 116, GREEN, INK);
  g.fillStyle = "#e9dfc9"; g.fillRect(0, 250, W, 110);
  g.fillStyle = "#d8cdb8"; for (let n = 0; n < 9; n++) g.fillRect(n * 80 - 20, 300 + (n % 2) * 26, 46, 4);
  const grown = ease((t - 9) / 3);
  g.fillStyle = WOOD; g.fillRect(232 - 3, 300 - 96 * grown - 12, 8, 96 * grown + 12);
  g.fillStyle = GREEN;
  for (const [x, y, r] of [[0, 0, 38], [-30, 16, 26], [32, 14, 28]]) { g.beginPath(); g.arc(233 + x * grown, 194 + y, r * grown, 0, 7); g.fill(); }
  const falls = ease((t - 3.2) / 0.8);
  if (t > 3.2) bench(g, 318 * falls - 60 * (1 - falls));
  const first = t < 5 ? -40 + ease(t / 4.4) * 240 : 200 + ease((t - 5) / 1) * 110;
  const firstSits = ease((t - 5.8) / 0.6);
  person(g, first, 326, RED, { sits: firstSits, bag: true, step: t < 4.3 || (t > 5 && t < 5.9) ? t * 9 : 0 });
  const second = 690 - ease((t - 7) / 2) * 300;
  if (t > 7) person(g, second, 326, BLUE, { sits: ease((t - 9) / 0.6), step: t < 9 ? t * 9 : 0, waves: ease((t - 10.2) / 0.4) * (1 - ease((t - 11.2) / 0.4)) });
  if (t > 10.6) {
    const said = ease((t - 10.6) / 0.6);
    g.lineWidth = 5; g.strokeStyle = RED;
    for (let n = 0; n < 3; n++) { g.beginPath(); g.arc(350, 168, (16 + n * 15) * said, 0, 7); g.stroke(); }
    g.strokeStyle = BLUE;
    for (let n = 0; n < 3; n++) { g.beginPath(); g.arc(384, 168, (16 + n * 15) * said, 0, 7); g.stroke(); }
  }
}

// Soft plucked notes, one each time that something happens.
function sound(rate) {
  const heard = new Float32Array(rate * SECONDS);
  const notes = [[0.4, 392], [1.4, 440], [2.4, 392], [3.6, 196], [4, 294], [5.8, 349], [6.4, 440], [7.4, 523], [8.4, 494], [9.2, 440], [9.8, 523], [10.6, 587], [11.2, 659], [11.9, 784], [12.6, 523]];
  for (const [at, pitch] of notes) {
    for (let n = 0; n < rate * 1.4; n++) {
      const i = Math.floor(at * rate) + n;
      if (i >= heard.length) break;
      const s = n / rate;
      heard[i] += 0.22 * Math.exp(-3.2 * s) * (Math.sin(2 * Math.PI * pitch * s) + 0.3 * Math.sin(4 * Math.PI * pitch * s)) * Math.min(1, n / 300);
    }
  }
  return heard;
}

const base64 = (buffer) => { let s = ""; for (const b of new Uint8Array(buffer)) s += String.fromCharCode(b); return btoa(s); };
const octets = (chunk) => { const d = new ArrayBuffer(chunk.byteLength); chunk.copyTo(d); return base64(d); };

async function film() {
  const chunks = []; let opus = "";
  const keep = (track) => (chunk, more) => {
    if (more?.decoderConfig?.description && track === "audio") opus = base64(more.decoderConfig.description);
    chunks.push({ track, at: Math.round(chunk.timestamp / 1000), data: octets(chunk), key: chunk.type === "key" });
  };
  const failed = (error) => { throw error; };
  const pictures = new VideoEncoder({ output: keep("video"), error: failed });
  pictures.configure({ codec: "vp09.00.21.08", width: W, height: H, bitrate: 70_000, framerate: FPS, latencyMode: "quality" });
  const canvas = new OffscreenCanvas(W, H), g = canvas.getContext("2d");
  for (let n = 0; n < SECONDS * FPS; n++) {
    draw(g, n / FPS);
    const frame = new VideoFrame(canvas, { timestamp: (n * 1e6) / FPS, duration: 1e6 / FPS });
    pictures.encode(frame, { keyFrame: n % (3 * FPS) === 0 });
    frame.close();
  }
  await pictures.flush();
  const rate = 48000, heard = sound(rate);
  const notes = new AudioEncoder({ output: keep("audio"), error: failed });
  notes.configure({ codec: "opus", sampleRate: rate, numberOfChannels: 1, bitrate: 24_000 });
  notes.encode(new AudioData({ format: "f32", sampleRate: rate, numberOfFrames: heard.length, numberOfChannels: 1, timestamp: 0, data: heard }));
  await notes.flush();
  draw(g, 12.4);
  const still = await canvas.convertToBlob({ type: "image/png" });
  return { chunks, opus, still: base64(await still.arrayBuffer()), width: W, height: H, length: SECONDS * 1000 };
}

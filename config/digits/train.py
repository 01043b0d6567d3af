#!/usr/bin/env python3
"""Trains the classifier of Thai and Arabic digits that `src/extract/ocr` reads scans with. README.md says how to repeat it.

    train.py fetch FONTS              download the fonts of fonts.tsv into the folder FONTS (network: registry.npmjs.org)
    train.py train FONTS WEIGHTS      render glyphs, train, measure on the held-out fonts, write the weights
    train.py eval FONTS WEIGHTS       measure weights on the held-out fonts
"""
import io, os, sys, tarfile, time, urllib.request
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sums in one order: the same weights every time
from pathlib import Path
import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageFilter

SEED = 2563
SIDE, INNER = 24, 20          # a glyph's picture, and the longest side of the ink in it
C1, C2, HIDDEN = 12, 24, 64   # maps of the two convolutions, units of the hidden layer
DIGITS = "๐๑๒๓๔๕๖๗๘๙0123456789"
OTHER = len(DIGITS)           # the class of all that is no digit
HERE = Path(__file__).parent

CONSONANTS = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮ"
# O, o, l, I and | have the shape of a digit, so they are not taught to be something else: the line around them tells.
LATIN = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"
OTHERS = list(CONSONANTS) * 3 + list("ะาเแโใไๆฯ฿ฤ") * 3 + list(LATIN) + list("()[]/-.,:;\"'%&*+=?!@#")
UPPER = ["ิ", "ี", "ึ", "ื", "็", "่", "้", "์", "ั", "ุ", "ู", "ี่", "ั้", "ื่"]


def rows():
    for line in (HERE / "fonts.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield dict(zip(("source", "version", "use", "files", "licence"), line.split("\t")))


def fetch(folder):
    for row in rows():
        if row["source"].startswith("/"):
            continue
        name = row["source"]
        into = folder / name.replace("/", "_")
        if into.exists():
            continue
        url = f"https://registry.npmjs.org/{name}/-/{name.split('/')[-1]}-{row['version']}.tgz"
        data = urllib.request.urlopen(url).read()
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(into, filter="data")
        print("fetched", name, row["version"])


def fonts(folder, held_out):
    """Font files, each with how often it is drawn and its use."""
    found = []
    for row in rows():
        if (row["use"] == "validate") != held_out:
            continue
        base = Path(row["source"]) if row["source"].startswith("/") else folder / row["source"].replace("/", "_")
        for pattern in row["files"].split(" "):
            paths = sorted(base.glob(pattern))
            if not paths:
                sys.exit(f"no font {pattern} in {base}")
            weight = 4.0 if row["use"] == "often" else 1.0
            found += [(p, weight / len(paths) ** 0.5, row["use"]) for p in paths]
    return found


def otsu(grey):
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    total, below = counts.sum(), np.cumsum(counts)
    mass = np.cumsum(counts * np.arange(256))
    above = total - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (mass / below - (mass[-1] - mass) / above) ** 2
    return int(np.nanargmax(np.where(np.isfinite(between), between, -1)))


def normalise(grey, box):
    """What the Rust side does: ink as 0..1, the longer side scaled to INNER, centred."""
    x0, y0, x1, y1 = box
    crop = grey[y0:y1, x0:x1]
    dark, light = np.percentile(crop, 5), np.percentile(grey, 90)
    ink = np.clip((light - crop.astype(np.float32)) / max(light - dark, 24.0), 0, 1)
    h, w = ink.shape
    scale = INNER / max(h, w)
    nw, nh = max(1, round(w * scale)), max(1, round(h * scale))
    small = Image.fromarray((ink * 255).astype(np.uint8)).resize((nw, nh), Image.BILINEAR)
    out = np.zeros((SIDE, SIDE), np.uint8)
    top, left = (SIDE - nh) // 2, (SIDE - nw) // 2
    out[top:top + nh, left:left + nw] = np.asarray(small)
    return out


class Painter:
    def __init__(self, faces, rng):
        self.faces, self.rng, self.cache = faces, rng, {}
        p = np.array([w for _, w, _ in faces])
        self.latin, self.thai = (p * np.array([u != other for _, _, u in faces]) for other in ("thai", "latin"))
        self.latin, self.thai = self.latin / self.latin.sum(), self.thai / self.thai.sum()

    def font(self, path, size):
        key = (path, size)
        if key not in self.cache:
            self.cache[key] = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
        return self.cache[key]

    def sample(self):
        """A glyph's picture and its class."""
        while True:
            made = self.attempt()
            if made is not None:
                return made

    def attempt(self):
        rng = self.rng
        what = rng.random()
        part = None
        if what < 0.42:
            label = int(rng.integers(10)); text = DIGITS[label]
        elif what < 0.62:
            label = 10 + int(rng.integers(10)); text = DIGITS[label]
        else:
            label = OTHER
            kind = rng.random()
            if kind < 0.55:
                text = OTHERS[rng.integers(len(OTHERS))]
            elif kind < 0.68:
                text = CONSONANTS[rng.integers(len(CONSONANTS))] + UPPER[rng.integers(len(UPPER))]
            elif kind < 0.84:  # two digits or a digit and a letter that were not parted
                thai = rng.random() < 0.75
                text = "".join(DIGITS[rng.integers(10) + (0 if thai else 10)] for _ in range(2))
                if rng.random() < 0.3:
                    text = text[0] + CONSONANTS[rng.integers(len(CONSONANTS))]
            else:              # a piece of a digit
                text = DIGITS[rng.integers(20)]
                part = rng.uniform(0.3, 0.62)
        face = self.faces[rng.choice(len(self.faces), p=self.latin if text.isascii() else self.thai)][0]
        grey = self.page(face, text, narrow=len(text) == 2 and part is None and text[1] in DIGITS + CONSONANTS)
        if grey is None:
            return None
        dark = grey < otsu(grey)
        ys, xs = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
        if len(ys) < 2 or len(xs) < 1 or dark.mean() > 0.9:
            return None
        box = [xs[0], ys[0], xs[-1] + 1, ys[-1] + 1]
        if part is not None:
            cut = int(round((box[2] - box[0]) * part))
            if cut < 2:
                return None
            if rng.random() < 0.5:
                box[2] = box[0] + cut
            else:
                box[0] = box[2] - cut
            sub = dark[:, box[0]:box[2]].any(1)
            rows_ = np.flatnonzero(sub)
            if len(rows_) < 2:
                return None
            box[1], box[3] = rows_[0], rows_[-1] + 1
        else:
            for side in range(4):  # boxes are never quite right
                if rng.random() < 0.25:
                    box[side] += int(rng.integers(-1, 2))
        h, w = grey.shape
        box = [max(0, box[0]), max(0, box[1]), min(w, box[2]), min(h, box[3])]
        if box[2] - box[0] < 2 or box[3] - box[1] < 3:
            return None
        return normalise(grey, box), label

    def page(self, face, text, narrow):
        """The text as a scanner would give it, about 8 to 40 pixels high."""
        rng = self.rng
        big = 96
        font = self.font(face, big)
        picture = Image.new("L", (big * 3, big * 2), 255)
        draw = ImageDraw.Draw(picture)
        if narrow:
            draw.text((60, 30), text[0], font=font, fill=0)
            draw.text((60 + font.getlength(text[0]) * rng.uniform(0.86, 1.02), 30), text[1], font=font, fill=0)
        else:
            draw.text((60, 30), text, font=font, fill=0)
        box = picture.point(lambda v: 255 - v).getbbox()
        if box is None:
            return None
        pad = 14
        picture = picture.crop((box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad))
        # slant and turn
        turn, shear = np.deg2rad(rng.normal(0, 1.3)), rng.normal(0, 0.05)
        w, h = picture.size
        a = np.array([[np.cos(turn), np.sin(turn) + shear], [-np.sin(turn), np.cos(turn)]])
        c = np.array([w / 2, h / 2]); t = c - a @ c
        picture = picture.transform((w, h), Image.AFFINE, (*a[0], t[0], *a[1], t[1]), Image.BILINEAR, fillcolor=255)
        # to the scan's size: em of 18 to 72 pixels, most of them small
        em = 18 * 4 ** (rng.random() ** 1.4)
        stretch = np.exp(rng.normal(0, 0.08))
        nw, nh = max(4, round(w * em / big * stretch)), max(4, round(h * em / big))
        grey = np.asarray(picture.resize((nw, nh), Image.BILINEAR)).astype(np.float32)
        # ink spreads or is thin
        if rng.random() < 0.35 and em > 26:
            image = Image.fromarray(grey.astype(np.uint8))
            filtered = image.filter(ImageFilter.MinFilter(3) if rng.random() < 0.6 else ImageFilter.MaxFilter(3))
            mix = rng.uniform(0.2, 1.0 if em > 44 else 0.6)
            grey = grey * (1 - mix) + np.asarray(filtered).astype(np.float32) * mix
        if rng.random() < 0.7:
            image = Image.fromarray(grey.astype(np.uint8)).filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 1.1)))
            grey = np.asarray(image).astype(np.float32)
        # strokes that break, as fax-like scans have them
        if rng.random() < 0.12:
            holes = rng.random(grey.shape) < rng.uniform(0.02, 0.12)
            grey[holes] = 255
        black, white = rng.uniform(0, 90), rng.uniform(190, 255)
        grey = black + (white - black) * grey / 255
        grey += rng.normal(0, rng.uniform(0, 14), grey.shape)
        kind = rng.random()
        if kind < 0.35:     # a scanner that knows only black and white
            level = black + (white - black) * rng.uniform(0.35, 0.75)
            grey = np.where(grey < level, 0, 255).astype(np.float32)
            if rng.random() < 0.3:
                flip = rng.random(grey.shape) < 0.01
                grey[flip] = 255 - grey[flip]
            if rng.random() < 0.5:  # made larger afterwards
                f = rng.uniform(1.2, 2)
                image = Image.fromarray(grey.astype(np.uint8)).resize((round(nw * f), round(nh * f)), Image.BILINEAR)
                grey = np.asarray(image).astype(np.float32)
        elif kind < 0.7:
            data = io.BytesIO()
            Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(data, "JPEG", quality=int(rng.integers(30, 92)))
            grey = np.asarray(Image.open(data)).astype(np.float32)
        return np.clip(grey, 0, 255).astype(np.uint8)


def dataset(faces, count, seed):
    painter = Painter(faces, np.random.default_rng(seed))
    xs, ys = np.zeros((count, SIDE, SIDE), np.uint8), np.zeros(count, np.int64)
    for i in range(count):
        xs[i], ys[i] = painter.sample()
    return xs, ys


# The network: 3x3 convolution, ReLU, 2x2 maximum; the same again; a hidden layer; classes.
def columns(x):  # n,h,w,c -> n*h*w, 9c with a border of zeros
    n, h, w, c = x.shape
    p = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    return np.concatenate([p[:, i:i + h, j:j + w] for i in range(3) for j in range(3)], -1).reshape(n * h * w, 9 * c)


def scatter(d, shape):  # the reverse of columns
    n, h, w, c = shape
    d = d.reshape(n, h, w, 9, c)
    p = np.zeros((n, h + 2, w + 2, c), np.float32)
    for k in range(9):
        p[:, k // 3:k // 3 + h, k % 3:k % 3 + w] += d[:, :, :, k]
    return p[:, 1:-1, 1:-1]


def pool(x):
    n, h, w, c = x.shape
    q = x.reshape(n, h // 2, 2, w // 2, 2, c).transpose(0, 1, 3, 5, 2, 4).reshape(n, h // 2, w // 2, c, 4)
    at = q.argmax(-1)
    return np.take_along_axis(q, at[..., None], -1)[..., 0], at


def unpool(d, at, shape):
    n, h, w, c = shape
    q = np.zeros((*d.shape, 4), np.float32)
    np.put_along_axis(q, at[..., None], d[..., None], -1)
    return q.reshape(n, h // 2, w // 2, c, 2, 2).transpose(0, 1, 4, 2, 5, 3).reshape(shape)


def forward(p, x, keep=None):
    n = len(x)
    k1 = columns(x); z1 = k1 @ p["w1"] + p["b1"]; a1 = np.maximum(z1, 0).reshape(n, SIDE, SIDE, C1)
    m1, i1 = pool(a1)
    k2 = columns(m1); z2 = k2 @ p["w2"] + p["b2"]; a2 = np.maximum(z2, 0).reshape(n, SIDE // 2, SIDE // 2, C2)
    m2, i2 = pool(a2)
    f = m2.reshape(n, -1)
    z3 = f @ p["w3"] + p["b3"]; a3 = np.maximum(z3, 0)
    drop = None
    if keep is not None:
        drop = keep; a3 = a3 * drop
    return a3 @ p["w4"] + p["b4"], (k1, a1, i1, m1, k2, a2, i2, f, a3, drop)


def backward(p, saved, d):
    k1, a1, i1, m1, k2, a2, i2, f, a3, drop = saved
    g = {"w4": a3.T @ d, "b4": d.sum(0)}
    d = (d @ p["w4"].T) * (a3 > 0)
    if drop is not None:
        d = d * drop
    g["w3"] = f.T @ d; g["b3"] = d.sum(0)
    d = unpool((d @ p["w3"].T).reshape(i2.shape), i2, a2.shape) * (a2 > 0)
    d = d.reshape(-1, C2)
    g["w2"] = k2.T @ d; g["b2"] = d.sum(0)
    d = unpool(scatter(d @ p["w2"].T, m1.shape), i1, a1.shape) * (a1 > 0)
    d = d.reshape(-1, C1)
    g["w1"] = k1.T @ d; g["b1"] = d.sum(0)
    return g


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def scores(p, xs):
    return np.concatenate([forward(p, xs[i:i + 512, :, :, None].astype(np.float32) / 255)[0]
                           for i in range(0, len(xs), 512)])


def report(p, xs, ys, temperature=1.0, name="held-out fonts"):
    q = softmax(scores(p, xs) / temperature)
    best = q.argmax(1)
    digit = ys < OTHER
    same = (best % 10 == ys % 10) & (best < OTHER)
    values = q[:, :10] + q[:, 10:20]
    print(f"{name}: class {np.mean(best == ys):.4f}; value of digits {np.mean(same[digit]):.4f}"
          f" (Thai {np.mean(same[ys < 10]):.4f}, Arabic {np.mean(same[(ys >= 10) & digit]):.4f});"
          f" other taken for a digit {np.mean(best[~digit] < OTHER):.4f}")
    for level in (0.5, 0.8, 0.9, 0.95, 0.98):
        sure = values.max(1) >= level
        right = (values.argmax(1) == ys % 10) & digit
        print(f"   sure at {level}: {np.mean(sure[digit]):.4f} of digits, right {right[sure & digit].mean():.4f}")
    return q


def train(faces, valid, count, epochs, rounds):
    rng = np.random.default_rng(SEED)
    def init(i, o): return (rng.normal(0, (2 / i) ** 0.5, (i, o))).astype(np.float32)
    flat = (SIDE // 4) ** 2 * C2
    p = {"w1": init(9, C1), "b1": np.zeros(C1, np.float32), "w2": init(9 * C1, C2), "b2": np.zeros(C2, np.float32),
         "w3": init(flat, HIDDEN), "b3": np.zeros(HIDDEN, np.float32),
         "w4": init(HIDDEN, OTHER + 1), "b4": np.zeros(OTHER + 1, np.float32)}
    m = {k: np.zeros_like(v) for k, v in p.items()}; v2 = {k: np.zeros_like(v) for k, v in p.items()}
    step, batch = 0, 128
    total = rounds * epochs * (count // batch)
    for round_ in range(rounds):
        started = time.time()
        xs, ys = dataset(faces, count, SEED + 1 + round_)
        print(f"round {round_}: {count} glyphs in {time.time() - started:.0f} s", flush=True)
        for _ in range(epochs):
            order, loss = rng.permutation(count), 0.0
            for i in range(0, count - batch + 1, batch):
                at = order[i:i + batch]
                x = xs[at, :, :, None].astype(np.float32) / 255
                keep = (rng.random((batch, HIDDEN)) < 0.85).astype(np.float32) / 0.85
                z, saved = forward(p, x, keep)
                q = softmax(z)
                target = np.full((batch, OTHER + 1), 0.02 / (OTHER + 1), np.float32)
                target[np.arange(batch), ys[at]] += 0.98
                loss -= float((np.log(q + 1e-9) * target).sum()) / batch
                g = backward(p, saved, ((q - target) / batch).astype(np.float32))
                step += 1
                rate = 2e-3 * 0.5 * (1 + np.cos(np.pi * step / total)) + 1e-5
                for k in p:
                    m[k] = 0.9 * m[k] + 0.1 * g[k]; v2[k] = 0.999 * v2[k] + 0.001 * g[k] ** 2
                    p[k] -= (rate * (m[k] / (1 - 0.9 ** step)) / (np.sqrt(v2[k] / (1 - 0.999 ** step)) + 1e-8)).astype(np.float32)
            print(f"  loss {loss / (count // batch):.4f}  {time.time() - started:.0f} s", flush=True)
        report(p, *valid)
    return p


def temperature(p, xs, ys):
    z = scores(p, xs)
    options = np.arange(0.3, 2.01, 0.05)
    costs = [-np.mean(np.log(softmax(z / t)[np.arange(len(ys)), ys] + 1e-9)) for t in options]
    return float(options[int(np.argmin(costs))])


def write(p, path, heat):
    """Magic, temperature; then of each layer its sizes, a scale an output, the biases, and the weights as i8 by output."""
    out = bytearray(b"DIG1") + np.float32(heat).tobytes()
    for w, b in (("w1", "b1"), ("w2", "b2"), ("w3", "b3"), ("w4", "b4")):
        scale = np.maximum(np.abs(p[w]).max(0), 1e-6) / 127
        out += np.array(p[w].shape, "<u4").tobytes() + scale.astype("<f4").tobytes() + p[b].astype("<f4").tobytes()
        out += np.clip(np.rint(p[w] / scale), -127, 127).astype(np.int8).T.tobytes()
    Path(path).write_bytes(out)


def read(path):
    data = Path(path).read_bytes(); at = 8
    heat = float(np.frombuffer(data, "<f4", 1, 4)[0]); p = {}
    for i in range(1, 5):
        rows_, cols = np.frombuffer(data, "<u4", 2, at); at += 8
        scale = np.frombuffer(data, "<f4", cols, at); at += 4 * cols
        p[f"b{i}"] = np.frombuffer(data, "<f4", cols, at); at += 4 * cols
        w = np.frombuffer(data, np.int8, rows_ * cols, at).reshape(cols, rows_); at += rows_ * cols
        p[f"w{i}"] = (w.T * scale).astype(np.float32)
    return p, heat


def main():
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "fetch":
        return fetch(folder)
    valid = dataset(fonts(folder, True), 8000, SEED)
    if what == "train":
        count, epochs, rounds = (int(n) for n in (sys.argv[4:7] or (60000, 3, 4)))
        p = train(fonts(folder, False), valid, count, epochs, rounds)
        write(p, sys.argv[3], temperature(p, *valid))
    p, heat = read(sys.argv[3])
    print(f"temperature {heat:.2f}")
    report(p, *valid, temperature=heat, name="held-out fonts, weights of 8 bits")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Sets oit-audit beside lychee and beside a floor (bare reqwest and one scraper parse a page), on loopback.

    cargo build --release && cargo bench --no-run --bench floor
    cargo install lychee --locked --version 0.24.2
    benches/peers/peers.py --runs 5

Needs nginx and openssl. Every shape is run by all programs in turn, so that a slow minute of the machine falls on all of
them. CPU seconds (user and system) and peak memory are the kernel's account of the finished process; the table holds
medians, and the ratios are of medians. Pages and configuration are written to a folder of --folder and kept.
"""
import argparse, json, os, re, resource, shutil, signal, statistics, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "examples/nang-rong/site"
PAGE = 8 * 1024
FILLER = (
    "องค์การบริหารส่วนตำบลนางรองดำเนินงานตามหลักธรรมาภิบาลของการบริหารกิจการบ้านเมืองที่ดี โดยเปิดเผยข้อมูลข่าวสารให้ประชาชนตรวจสอบได้ "
    "และรับฟังความคิดเห็นของทุกภาคส่วนในการพัฒนาท้องถิ่นอย่างต่อเนื่อง"
)


def submitted():
    """The first page of the example site for each of its items."""
    pages, item = {}, None
    for line in (ROOT / "examples/nang-rong/agency.yaml").read_text().splitlines():
        if found := re.match(r"  (O\d+):", line):
            item = found[1]
        link = re.search(r"nangrong\.go\.th/([^\s\]]+\.html)", line)
        if item and link and item not in pages and (SITE / "pages" / link[1]).exists():
            pages[item] = link[1]
    return pages


def write_pages(folder, count):
    """Writes so many distinct pages of 8 KB, a menu of twelve links and running text, and returns them as (item, path)."""
    known = submitted()
    items = sorted(known, key=lambda item: int(item[1:]))
    folder.mkdir(parents=True, exist_ok=True)
    headings = {}
    for item in items:
        content = (SITE / "pages" / known[item]).read_text()
        heading = re.search(r"<h\d[^>]*>(.*?)</h\d>", content, re.S)
        text = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", content)).strip()
        headings[item] = (re.sub("<[^>]*>", "", heading[1]).strip() if heading else text[:60], text)
    menu = "".join(f'<li><a href="/{n}.html">{headings[item][0]}</a></li>' for n, item in enumerate(items[:12]))
    written = []
    for number in range(count):
        item = items[number % len(items)]
        heading, text = headings[item]
        head = (f"<!DOCTYPE html>\n<html lang=th><head><meta charset=utf-8><title>{heading} {number}</title></head><body>\n"
                f"<ul id=menu>{menu}</ul>\n<div class=content><h1>{heading}</h1>\n<p>หน้าที่ {number}</p>\n")
        foot = "</div>\n<div id=footer>องค์การบริหารส่วนตำบลนางรอง © 2563</div></body></html>\n"
        room = PAGE - len((head + foot).encode())
        words, paragraphs = (text + f" {number} {FILLER}" * 40).split(" "), []
        while room > 0:
            paragraph = ""
            while words and len(paragraph.encode()) < min(600, room - 12):
                paragraph += words.pop(0) + " "
            paragraphs.append(f"<p>{paragraph.strip()}</p>\n")
            room -= len(paragraphs[-1].encode())
        (folder / f"{number}.html").write_text(head + "".join(paragraphs) + foot)
        written.append((item, f"{number}.html"))
    (folder / "index.html").write_text(f"<title>หน้าแรก</title><ul id=menu>{menu}</ul><p>{FILLER}</p>")
    return written


def start_nginx(folder, pages):
    """nginx with one worker, HTTP on 8480 and HTTPS on 8443 of every loopback address."""
    ca, key = folder / "ca.pem", folder / "ca.key"
    hosts = [address(host) for host in range(1000)]
    names = ",".join(f"IP:{host}" for host in hosts)

    def openssl(*args):
        subprocess.run(["openssl", *args], check=True, capture_output=True, cwd=folder)

    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ca.key")
    openssl("req", "-x509", "-new", "-key", "ca.key", "-days", "30", "-subj", "/CN=bench root", "-out", "ca.pem",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "leaf.key")
    openssl("req", "-new", "-key", "leaf.key", "-subj", "/CN=bench", "-out", "leaf.csr")
    (folder / "leaf.ext").write_text(f"subjectAltName={names}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
            "-extfile", "leaf.ext", "-out", "leaf.pem")
    (folder / "nginx.conf").write_text(f"""
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 8192; }}
http {{
  access_log off; keepalive_requests 1000000; sendfile on; types {{ text/html html; }} charset utf-8;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 0.0.0.0:8480 backlog=4096; listen 0.0.0.0:8443 ssl backlog=4096;
    ssl_certificate {folder}/leaf.pem; ssl_certificate_key {folder}/leaf.key; ssl_session_cache shared:s:8m;
    root {pages}; index index.html;
  }}
}}
""")
    server = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder)])
    time.sleep(1)
    if server.poll() is not None:
        sys.exit(f"nginx did not start; see {folder}/error.log")
    return server, ca


def address(host):
    return f"127.0.{host // 250}.{host % 250 + 1}"


def write_shape(folder, name, urls, catalog, ca):
    """The URL list for the peers and the agency file for oit-audit; urls are (item, url)."""
    listed = folder / f"{name}.txt"
    listed.write_text("".join(f"{url}\n" for _, url in urls))
    items = {}
    for item, url in urls:
        items.setdefault(item, []).append(url)
    hosts = sorted({re.match(r"https?://([^:/]+)", url)[1] for _, url in urls})
    lines = ["agency: องค์การบริหารส่วนตำบลนางรอง", f"website: {urls[0][1].rsplit('/', 1)[0]}/", "fiscal_year: 2563"]
    lines += [f"sites: [{', '.join(hosts)}]"] if len(hosts) > 1 else []
    lines += ["crawl:", "  concurrency: 64", "  allow_private: true"]
    lines += [f"  extra_ca: {ca}"] if urls[0][1].startswith("https") else []
    lines += ["items:"]
    for item, links in items.items():
        lines += [f"  {item}:"] + [f"    - {link}" for link in links]
    agency = folder / f"{name}.yaml"
    agency.write_text("\n".join(lines) + "\n")
    return listed, agency


def only_opens(folder):
    """The catalogue of 2563 with no other check than `opens`."""
    kept, skipping = [], False
    for line in (ROOT / "config/catalog/2563.yaml").read_text().splitlines():
        indent = len(line) - len(line.lstrip())
        if line.strip() == "checks:":
            depth, skipping = indent, True
            kept += [line, " " * (indent + 2) + "- opens: {}"]
        elif not (skipping and (not line.strip() or indent > depth)):
            skipping = False
            kept.append(line)
    path = folder / "opens.yaml"
    path.write_text("\n".join(kept) + "\n")
    return path


def run(command, env):
    """CPU seconds, peak MiB, wall seconds and exit code of one run."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        tail = out.read()[-400:]
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, wall, process.returncode, tail


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--pages", type=int, default=10_000)
    arguments.add_argument("--shapes", default="one-http,one-https,many-http,many-https,agency,large")
    arguments.add_argument("--programs", default="floor,lychee,judge,opens")
    arguments.add_argument("--program", default=str(ROOT / "target/release/oit-audit"))
    arguments.add_argument("--lychee", default=shutil.which("lychee"))
    arguments.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "oit-audit-peers")
    options = arguments.parse_args()
    floors = sorted((ROOT / "target/release/deps").glob("floor-*"), key=lambda path: path.stat().st_mtime)
    floors = [path for path in floors if os.access(path, os.X_OK) and not path.suffix]
    if not floors or not os.path.exists(options.program):
        sys.exit("build first: cargo build --release && cargo bench --no-run --bench floor")
    if "lychee" in options.programs and not (options.lychee and os.path.exists(options.lychee)):
        sys.exit("lychee was not found: cargo install lychee --locked --version 0.24.2, or --lychee PATH")
    folder = options.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pages = write_pages(folder / "pages", options.pages)
    server, ca = start_nginx(folder, folder / "pages")
    opens = only_opens(folder)
    try:
        table = []
        for shape in options.shapes.split(","):
            table += measure(shape, pages, folder, ca, opens, str(floors[-1]), options)
        print("| shape | program | CPU s | peak MiB | wall s |\n|---|---|---|---|---|")
        for row in table:
            print("| {} | {} | {:.2f} | {:.0f} | {:.2f} |".format(*row))
        print("\n| shape | figure | ratio |\n|---|---|---|")
        for line in ratios(table):
            print(line)
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def measure(shape, pages, folder, ca, opens, floor, options):
    scheme, port = ("https", 8443) if shape.endswith("https") else ("http", 8480)
    if shape.startswith("many"):
        hosts = max(len(pages) // 10, 1)
        urls = [(item, f"{scheme}://{address(n % hosts)}:{port}/{path}") for n, (item, path) in enumerate(pages)]
    elif shape == "agency":
        urls = [(item, f"http://127.0.0.1:8480/{path}") for item, path in pages[:43]]
    elif shape == "large":
        urls = [(item, f"http://127.0.0.1:8480/{path}?{n}") for n in range(10) for item, path in pages]
    else:
        urls = [(item, f"{scheme}://127.0.0.1:{port}/{path}") for item, path in pages]
    listed, agency = write_shape(folder, shape, urls, opens, ca)
    https = scheme == "https"
    commands = {
        "floor": [floor, str(listed), "64"] + (["--ca", str(ca)] if https else []),
        "bytes": [floor, str(listed), "64", "--bytes"] + (["--ca", str(ca)] if https else []),
        "lychee": [options.lychee, "--no-progress", "--max-concurrency", "64", "--host-concurrency", "64",
                   "--host-request-interval", "0ms", "--max-retries", "0", str(listed)],
        "judge": [options.program, "check", str(agency), "--rate", "1000000", "-q"],
        "opens": [options.program, "check", str(agency), "--rate", "1000000", "-q", "--no-follow", "--catalog", str(opens)],
    }
    env = {**os.environ, "SSL_CERT_FILE": str(ca), "RUST_BACKTRACE": "0"}
    wanted = [name for name in options.programs.split(",") if name in commands]
    seen = {name: [] for name in wanted}
    for number in range(options.runs + 1):
        for name in wanted:
            result = run(commands[name], env)
            if name in ("floor", "bytes", "lychee") and result[3] != 0 or result[3] not in (0, 1):
                print(f"{shape} {name}: exit {result[3]}: {result[4].decode(errors='replace')}", file=sys.stderr)
            if number or options.runs == 1:  # the first round warms up
                seen[name].append(result)
    rows = []
    for name, results in seen.items():
        cpu, peak, wall = (statistics.median(result[at] for result in results) for at in range(3))
        rows.append((shape, name, cpu, peak, wall))
        print(f"{shape:10} {name:7} CPU {cpu:.2f} s, peak {peak:.0f} MiB, wall {wall:.2f} s", file=sys.stderr)
    return rows


def ratios(table):
    by = {(shape, name): figures for shape, name, *figures in table}
    for shape in dict.fromkeys(shape for shape, *_ in table):
        def of(a, b, at):
            one, other = by.get((shape, a)), by.get((shape, b))
            return one[at] / other[at] if one and other and other[at] else None
        for text, value in [
            ("judge / lychee, CPU (goal at most 1)", of("judge", "lychee", 0)),
            ("judge / floor, CPU (goal at most 1.5)", of("judge", "floor", 0)),
            ("judge / lychee, wall (goal at most 1)", of("judge", "lychee", 2)),
            ("judge / lychee, peak memory (goal at most 0.33)", of("judge", "lychee", 1)),
            ("lychee / opens, CPU (goal at least 2)", of("lychee", "opens", 0)),
        ]:
            if value is not None:
                yield f"| {shape} | {text} | {value:.2f} |"
    if ("large", "judge") in by and ("one-http", "judge") in by:
        yield f"| large | judge, peak memory against one-http (goal at most 2) | {by['large', 'judge'][1] / by['one-http', 'judge'][1]:.2f} |"


if __name__ == "__main__":
    main()

"""Take the pictures of the review page for docs/review.md, from invented articles.

    pip install '.[test]' pillow        # and Chromium
    python docs/screenshots.py [NAME...]

Each view is taken at a width of 1280 and of 390 pixels, light, in 256 colours.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ARTICLES = HERE.parent / "tests" / "golden" / "articles.jsonl"
OUTLETS = ("Warta Melati", "Suara Kenanga", "Kabar Teratai", "Harian Cempaka")
SLIPS = """
Warga desa itu tidka keberatan dengan rencana itu.
Panitia aktid menghubungi para pedagang.
Rapat itu dimulai pukul sembilan pagi dan dan selesai siang hari.
Menurut dia,harga sayur masih terjangkau.
Pembangunan jembatan di targetkan selesai tahun ini.
Mereka sudah berkordinasi dengan kelompok tani.
Petugas menghimbau warga agar tetap waspada.
Pasar itu ramai setiap akhir pekan.Pengunjung datang dari kota lain.
Jalan kedepan masih panjang bagi koperasi itu.
Ia berharap pemerentah memperhatikan nasib nelayan.
Kegiatan itu di ikuti ratusan pelajar.
Keluarga korban menerima bantuan dari pemeritnah daerah.
Harga beras naik sejak awal januari lalu.
Sekolah itu kekurangan guru dimana hanya ada empat orang.
Para peserta antusias mengikuti perlombaan terseebut.
Pihak kepolisian masih menyelidki kasus itu.
Baca juga: {headline}
Baca juga: {headline}
Baca juga: {headline}
(Rina Sari/WM)
""".strip().split("\n")
HEADLINES = (
    "Harga Cabai Rawit Naik Lagi", "Jembatan Gantung Sukarasa Putus", "Panen Raya di Lembah Teratai",
    "Festival Perahu Hias Dibuka", "Sekolah Apung Menang Lomba", "Petani Kopi Belajar Menyangrai",
)  # fmt: skip
WIDTHS = {"": (1280, 800), "-phone": (390, 844)}


def articles() -> list[dict[str, str]]:
    """The golden articles, and each six times more with other sentences between its paragraphs."""
    chance = random.Random(4)
    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    found = []
    for number in range(7 * len(rows)):
        row = rows[number % len(rows)]
        paragraphs = [part for part in row["text"].split("\n\n") if part.strip()]
        if number >= len(rows):
            for _ in range(5):
                slip = chance.choice(SLIPS).format(headline=chance.choice(HEADLINES))
                paragraphs.insert(chance.randrange(1, len(paragraphs) + 1), slip)
        name, outlet = f"{row['id']}-{number // len(rows) + 1}", OUTLETS[number % len(OUTLETS)]
        found.append({"id": name, "outlet": outlet, "text": "\n\n".join(paragraphs)})
    return found


def cleaner(folder: Path, *args: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "cleaner", *args], cwd=folder, check=True, stderr=subprocess.DEVNULL
    )


def save(page: Any, name: str) -> None:
    """The window as a PNG with a palette."""
    page.mouse.move(0, 0)  # nothing is pointed at
    page.wait_for_timeout(100)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path = HERE / "images" / f"{name}.png"
    picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} KB")


class Views:
    """What is pressed before each picture. A phone has no keyboard, but the keys work there too."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(60)
        self.page.wait_for_timeout(250)

    def filter(self, name: str, value: str) -> None:
        self.page.evaluate("document.querySelector('#filters').open = true")
        self.page.select_option(f"#{name}", value)
        self.page.wait_for_timeout(400)
        if self.page.viewport_size["width"] < 800:
            self.page.evaluate("document.querySelector('#filters').open = false")
        self.page.focus("#list")

    def choose(self, text: str) -> None:
        self.page.click(f"#list .row:has-text({json.dumps(text)})")
        self.page.wait_for_timeout(300)

    def list(self) -> None:
        """The list with what was decided, and the chosen pair in context."""
        self.filter("state", "all")
        self.choose("tidka")

    def context(self) -> None:
        """One by one inside a group."""
        self.filter("state", "all")
        self.choose("tidka")
        self.press("Enter", "j")

    def document(self) -> None:
        self.choose("kedepan")
        self.press("o", "j", "j")

    def boilerplate(self) -> None:
        self.filter("rule", "boilerplate")

    def progress(self) -> None:
        self.press("s")

    def conflicts(self) -> None:
        self.filter("state", "conflict")

    def help(self) -> None:
        self.press("?")

    def bulk(self) -> None:
        self.filter("rule", "spacing")
        self.press("A")

    def edit(self) -> None:
        self.choose("aktid")
        self.press("e")


NAMES = (
    "list",
    "context",
    "document",
    "boilerplate",
    "progress",
    "conflicts",
    "help",
    "bulk",
    "edit",
    "report",
)


def main() -> None:
    chosen = sys.argv[1:] or NAMES
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in articles())
        (folder / "berita.jsonl").write_text(rows, encoding="utf-8")
        cleaner(folder, "clean", "berita.jsonl", "-o", "bersih.jsonl", "--log", "log.jsonl", "--isolated")
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--headless=new"]
        )
        servers = []

        def serve(*args: str) -> str:
            server = subprocess.Popen(
                [sys.executable, "-m", "cleaner", "review", "log.jsonl", "--no-browser", *args],
                cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            )  # fmt: skip
            servers.append(server)
            return server.stdout.readline().strip()

        def open_page(address: str, size: tuple[int, int]) -> Any:
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="id-ID")
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector("html[data-ready]")
            return page

        try:
            address = serve("--who", "budi", "--decisions", "budi.jsonl")
            Views(open_page(address, WIDTHS[""])).press(*"aarajja")
            servers.pop().terminate()
            address = serve("--who", "ana", "--also", "budi.jsonl")
            first = Views(open_page(address, WIDTHS[""]))
            first.filter("state", "all")
            first.press(*"aaararaaa")
            cleaner(folder, "report", "log.jsonl", "--html", "laporan.html", "--decisions", "decisions.jsonl")
            for name in chosen:
                for suffix, size in WIDTHS.items():
                    if name == "report":
                        page = open_page((folder / "laporan.html").as_uri(), size)
                    else:
                        page = open_page(address, size)
                        getattr(Views(page), name)()
                    save(page, f"review-{name}{suffix}")
                    page.context.close()
        finally:
            for server in servers:
                server.terminate()
            browser.close()


if __name__ == "__main__":
    main()

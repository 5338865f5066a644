"""PDFs and images of the Atelier des Marées, made when they are asked for, in points from the top left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

WIDTH, HEIGHT = A4
FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"  # Pillow's own has no accents
LEFT = [
    "À gauche, la houle est mesurée au",
    "large par douze bouées que le groupe",
    "relève chaque semaine en saison.",
    "Ces mesures servent aux pêcheurs",
    "autant qu'aux ingénieurs du port.",
    "La colonne de gauche finit ici.",
]
RIGHT = [
    "À droite, les filets usés sont triés",
    "puis filés à nouveau dans un hangar",
    "que prête la commune de Roscoff.",
    "Chaque tonne évite un transport vers",
    "le continent et nourrit deux emplois.",
    "La colonne de droite finit ici.",
]
TABLE = [
    ["Port", "Bouées", "Budget (k€)"],
    ["Roscoff", "12", "340"],
    ["Concarneau", "8", "215"],
    ["Le Conquet", "5", "98"],
]


class Page:
    """Puts text and drawings on a page; y counts downwards."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.height = HEIGHT

    def write(self, text: str, *, x: float, y: float, size: float = 11, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)

    def lines(self, texts: Sequence[str], *, x: float = 60, y: float, size: float = 11) -> None:
        for number, text in enumerate(texts):
            self.write(text, x=x, y=y + number * size * 1.25, size=size)

    def coloured(self, text: str, colour: str, *, x: float = 60, y: float) -> None:
        self.canvas.setFillColor(colors.HexColor(colour))
        self.write(text, x=x, y=y)
        self.canvas.setFillColor(colors.black)

    def invisible(self, text: str, *, x: float = 60, y: float) -> None:
        written = self.canvas.beginText(x, self.height - y)
        written.setFont("Helvetica", 11)
        written.setTextRenderMode(3)
        written.textOut(text)
        written.setTextRenderMode(0)
        self.canvas.drawText(written)

    def box(self, colour: str, *, x: float, y: float, width: float, height: float) -> None:
        self.canvas.setFillColor(colors.HexColor(colour))
        self.canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)
        self.canvas.setFillColor(colors.black)

    def image(
        self, image: Image.Image, *, x: float = 0, y: float = 0, width: float = WIDTH, height: float = HEIGHT
    ) -> None:
        self.canvas.drawImage(ImageReader(image), x, self.height - y - height, width, height)

    def table(self, rows: Sequence[Sequence[str]], *, x: float = 60, y: float, bold: bool = True) -> None:
        table = Table([list(row) for row in rows], colWidths=110, rowHeights=22)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        if bold:
            table.setStyle(TableStyle([("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]))
        table.wrapOn(self.canvas, WIDTH, HEIGHT)
        table.drawOn(self.canvas, x, self.height - y - 22 * len(rows))


def pdf(*pages: Callable[[Page], None], password: str | None = None) -> bytes:
    """Return a PDF with a page for each function that writes one; `password` is asked of who opens it."""
    out = BytesIO()
    encryption = None
    if password is not None:
        encryption = pdfencrypt.StandardEncryption(password, ownerPassword="larmor", strength=128)
    canvas = Canvas(out, pagesize=A4, encrypt=encryption, invariant=1)
    for write in pages:
        write(Page(canvas))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def viewed_turned(content: bytes, degrees: int) -> bytes:
    """Return a PDF whose pages the viewer turns clockwise."""
    out = BytesIO()
    with pdfium.PdfDocument(content) as document:
        for page in document:
            page.set_rotation(degrees)
        document.save(out)
    return out.getvalue()


def blank(page: Page) -> None:
    """Write nothing."""
    page.canvas.setFont("Helvetica", 11)


def said(*texts: str) -> Callable[[Page], None]:
    """Return a page that says some lines."""
    return lambda page: page.lines(texts, y=200)


def scanned(*texts: str) -> Callable[[Page], None]:
    """Return a page that is an image of some lines."""
    return lambda page: page.image(picture(*texts))


def picture(*texts: str, size: tuple[int, int] = (1240, 1754), letters: int = 40) -> Image.Image:
    """Return an image of some lines in black on white; the letters' size is in pixels."""
    image = Image.new("L", size, 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, letters)
    for number, text in enumerate(texts):
        draw.text((letters * 2, letters * (3 + 2 * number)), text, fill=0, font=font)
    return image


def encoded(*images: Image.Image, kind: str, **options: object) -> bytes:
    """Return images as the bytes of one file; only a TIFF can hold more than one."""
    out = BytesIO()
    more: dict[str, object] = {"save_all": True, "append_images": images[1:]} if len(images) > 1 else {}
    images[0].save(out, format=kind, **more, **options)
    return out.getvalue()

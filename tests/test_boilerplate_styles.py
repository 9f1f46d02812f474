"""House styles of outlets without a pack: what the generic rules take away, and nothing else.

The shapes are those of well-known outlets, the names are invented. No rule of a single outlet runs.
"""

from __future__ import annotations

import pytest

from cleaner.document import Document
from cleaner.edits import splice
from cleaner.rules.boilerplate import BoilerplateStage

STAGE = BoilerplateStage()
GENERIC = {rule.id for pack in STAGE.packs if pack.outlet == "generic" for rule in pack.rules}

FIRST = (
    "Harga cabai rawit di Pasar Kenanga naik sepekan terakhir karena pasokan dari petani berkurang.\n"
    '"Kami berharap harga segera turun," kata pedagang, Rina Sari, Senin (5/2/2024).'
)
LAST = "Pemerintah daerah akan menggelar pasar murah pekan depan."
ARTICLE = f"{FIRST}\n{LAST}"

HEADS = (
    "Espos, SOLO - ",
    "Esposin, BOYOLALI — ",
    "Lampung Geh, Bandar Lampung - ",
    "Metrotvnews.com, Jakarta: ",
    "Jakarta: ",
    "Surabaya: ",
    "Kabupaten Cirebon - ",
    "Kab. Bogor - ",
    "KABUPATEN CIREBON – ",
    "KOTA, Radar Tulungagung – ",
    "NGANJUK, JP Radar Nganjuk- ",
    "KOTA, JP Radar Kediri– ",
    "RADAR MALANG - ",
    "RADARTUBAN – ",
    "MALANG KOTA – ",
    "KEPANJEN – ",
    "MUHAMMADIYAH.OR.ID, JAKARTA – ",
    "Jakarta, NU Online\n",
    "Jayapura, Jubi – ",
    "Ruteng, Vox NTT- ",
    "MEDAN (Waspada): ",
    "PADANG, KLIKPOSITIF – ",
    "AMBON, Siwalimanews – ",
    "SuaraNTB.com - ",
    "Mataram (Suara NTB) – ",
    "DENPASAR, NusaBali - ",
    "BANDUNG, AYOBANDUNG.COM -- ",
    "LENGKONG, AYOBANDUNG.COM - ",
    "PROKAL.CO, BALIKPAPAN – ",
    "RIAUPOS.CO - ",
    "PEKANBARU (RIAUPOS.CO) – ",
    "FAJAR.CO.ID, MAKASSAR -- ",
    "POS-KUPANG.COM | KUPANG - ",
    "SURYA.co.id | SURABAYA - ",
    "Metro, Lampung (Melatipos) - ",
    "TANGERANG, Melati News.com - ",
    "Melatipos.com | Bogor - ",
    "Jakarta,Melatipos.com- ",
    "MELATIPOS.COM, Bogor, Jawa Barat - ",
    "Bogor, Jawa Barat - ",
    "Bogor, Jawa Barat (Melatipos) - ",
    "BOGOR || Melatipos.com - ",
    "BOGOR | Melatipos.com - ",
    "Bogor, Melatipos.com, - ",
    "BOGOR, MP - ",
    "BOGOR, (MP) - ",
    "Bogor ( Melatipos.com ) - ",
    "Melatipos, Bogor - ",
    "MELATIPOS – ",
    "MELATI POS – ",
    "Melati Pos, BOGOR - ",
    "MelatiPos.com, Bogor. ",
    "BOGOR – Melatipos.com – ",
    "Bogor - Melatipos - ",
    "JAKARTA—",
    "Jakarta -- ",
    "Jakarta, (5/2/2024) - ",
    "Jakarta, Senin (5/2/2024) - ",
    "Jakarta, 5 Februari 2024 - ",
    "JAKARTA, 5 FEBRUARI 2024 – ",
    "Bogor, 5/2/2024 (Melatipos) - ",
    "Penulis: Rina Sari\nBOGOR - ",
    "Oleh: Rina Sari\nBOGOR - ",
    "Oleh : Rina Sari\n",
    "Laporan: Rina Sari\nBogor - ",
    "BOGOR - Melatipos.com : ",
    "Melatipos.com BOGOR - ",
    "Melatipos.com-Bogor- ",
    "Melatipos.com -BOGOR: ",
    "Senin, 5 Februari 2024\n",
    "05 Feb 2024, 10:15 WIB\n",
    "Rina Sari - Senin, 5 Februari 2024\n",
    "Ilustrasi cabai. (Foto: Melatipos/Rina)\nBOGOR - ",
    "Home › Ekonomi\n",
    "BOGOR, Melatipos.com\n",
    "Bogor - (Melatipos) ",
    "(MELATIPOS.COM) - ",
    "[Bogor, Melatipos.com] ",
    "[MELATIPOS.COM] – ",
    "INDOPOS.CO.ID – ",
    "www.melatipos.com - ",
    "WWW.MELATIPOS.COM, BOGOR – ",
    "BOGOR, www.melatipos.com - ",
    "Bogor, 05/02 (Melatipos) - ",
    "tvOnenews.com - ",
    "Jakarta, tvOnenews.com - ",
    "Bogor – ",
    "BOGOR. ",
)

ENDS = (
    " (H-RS)",
    " (Rina/B-3)",
    " (rin/bud/ful)",
    "***",
    " (***)",
    " *** (Rina)",
    " (Red)",
    " (red/rin)",
    " (RS/Red)",
    " (adv)",
    " (ADV)",
    " (Adv/rin)",
    " (*/rin)",
    " (**)",
    " [*]",
    " (b02)",
    "\nRINA SARI",
    "\nRINA SARI | ANTARA",
    "\n\n(Rina Sari)",
    "\nsumber : Antara",
    "\nSumber: Antara",
    "\nSumber Berita: Antara",
    "\nRep: Rina Sari\nRed: Budi",
    "\nReporter : Rina Sari\nEditor : Budi Santoso",
    "\nPenulis : Rina Sari\n\nEditor : Budi",
    "\nPenulis:\nRina Sari\nEditor:\nBudi Santoso",
    "\nPewarta: Rina Sari\nUploader: Budi\nCopyright © MELATI 2024",
    "\nEditor: Rina Sari\n\nTags\nCabai\nPasar Kenanga",
    "\nTags: cabai, pasar",
    "\nTAG : cabai pasar",
    "\n#cabai",
    "\nTopik : Cabai, Pasar",
    "\nKata Kunci : cabai",
    "\nFollow WhatsApp Channel Melatipos.com untuk update berita terbaru setiap hari",
    "\nFollow WhatsApp Channel www.melatipos.com untuk update berita terbaru setiap hari Follow",
    "\nIkuti kami di Google News",
    "\nIkuti Kami di Google News: Melatipos",
    "\nFollow Berita Melatipos di Google News",
    "\nIkuti berita terkini dari Melatipos di Google News, klik di sini",
    "\nJangan lupa subscribe channel YouTube Melatipos TV!",
    "\nDapatkan Berita Terupdate dari Melatipos di Google News",
    "\nDapatkan berita terbaru Melatipos di WhatsApp. Klik link ini.",
    "\nCek Berita dan Artikel yang lain di Google News dan WA Channel",
    "\nArtikel ini ditulis oleh Rina Sari peserta Program Magang Bersertifikat Kampus Merdeka di Melatipos.",
    "\nArtikel ini telah tayang di Melatipos.com dengan judul Harga Cabai Naik",
    "\nBerita ini sudah tayang di Melatipos.com",
    "\nSaksikan Video Pilihan Berikut Ini:",
    "\nSaksikan Video Pilihan di Bawah Ini:",
    "\nBACA HALAMAN BERIKUTNYA",
    "\nHalaman Selanjutnya",
    "\nHalaman : 1 2 Selanjutnya",
    "\nHalaman: 1 2 3",
    "\nPage 1 of 2",
    "\nBagikan artikel ini",
    "\nShare:",
    "\nBerita Terkait\nHarga Bawang di Pasar Kenanga Turun\nPanen Raya Cabai Tiba",
    "\n© 2024 Melatipos.com. All rights reserved.",
    "\nCopyright © 2024 Melatipos",
    "\nHak Cipta © 2024 Melatipos. Dilarang menyalin tanpa izin.",
    "\nPT Melati Media © 2024",
    "\nKlik di sini untuk baca artikel lainnya.",
    "\nBaca berita dan artikel lainnya di Google News",
    "\nLihat Berita Selengkapnya",
    "\nLaporan: Rina Sari",
    "\n(Rina Sari)",
    "\n(Sumber: Antara)",
    " (Sumber: Antara)",
    "\nEditor: Rina Sari. Reporter: Budi",
    "\nKontributor : Rina Sari",
    "\nFotografer: Rina Sari",
    "\nYuk, Simak Juga Video ini!",
    "\nJangan Lewatkan Video Terbaru:",
    "\nTonton video selengkapnya di YouTube Melati TV",
    "\nSaksikan Live Melati Sore:",
)

MIDDLES = (
    "\nBaca juga: Harga Bawang di Pasar Kenanga Turun\n",
    "\nBACA JUGA : Harga bawang di Pasar Kenanga turun\n",
    "\nBaca Juga:\nHarga Bawang di Pasar Kenanga Turun\n",
    "\nBaca Juga\nHarga Bawang di Pasar Kenanga Turun\n",
    "\n(Baca juga: Harga Bawang di Pasar Kenanga Turun)\n",
    " (Baca juga: Harga Bawang di Pasar Kenanga Turun) ",
    " (Baca: Harga Bawang di Pasar Kenanga Turun) ",
    "\n[Baca juga: Harga Bawang di Pasar Kenanga Turun]\n",
    "\nBaca Juga » Harga Bawang di Pasar Kenanga Turun\n",
    "\nBaca Juga – Harga Bawang di Pasar Kenanga Turun\n",
    "\nBaca juga Harga Bawang di Pasar Kenanga Turun\n",
    "\nBaca Lainnya: Harga Bawang di Pasar Kenanga Turun\n",
    "\nBaca Lainnya : Harga Bawang di Pasar Kenanga Turun\n",
    "\nBerita Terkait: Harga Bawang di Pasar Kenanga Turun\n",
    "\nBERITA TERKAIT: Harga Bawang di Pasar Kenanga Turun\n",
    "\nArtikel Terkait: Harga Bawang di Pasar Kenanga Turun\n",
    "\nBerita lainnya: Harga Bawang di Pasar Kenanga Turun\n",
    "\nBaca Juga Berita: Harga Bawang di Pasar Kenanga Turun\n",
    "\nBaca Berita Lainnya: Harga Bawang di Pasar Kenanga Turun\n",
    "\nBaca Ini Juga: Harga Bawang di Pasar Kenanga Turun\n",
    "\nRead More: Harga Bawang di Pasar Kenanga Turun\n",
    "\nSimak Juga: Harga Bawang di Pasar Kenanga Turun\n",
    "\nJangan Lewatkan: Harga Bawang di Pasar Kenanga Turun\n",
    "\nLihat Juga: Harga Bawang di Pasar Kenanga Turun\n",
    "\nBaca Artikel Lainnya: Harga Bawang di Pasar Kenanga Turun\n",
    "\nPilihan Redaksi: Harga Bawang di Pasar Kenanga Turun\n",
    "\nMenarik Dibaca: Harga Bawang di Pasar Kenanga Turun\n",
    "\nADVERTISEMENT\n",
    "\n- Advertisement -\n",
    "\nIklan\n",
    "\nADVERTISEMENT. SCROLL TO CONTINUE READING.\n",
    "\nGulir ke bawah untuk melanjutkan membaca\n",
    "\nScroll untuk melanjutkan\n",
    "\nLanjutkan membaca di bawah iklan\n",
    "\nArtikel berlanjut setelah iklan\n",
    "\nKonten berlanjut setelah iklan\n",
    "\nAdvertisements\n",
    "\nSPONSORED\n",
    "\n[irp]\n",
    "\nFoto: Rina Sari/Melatipos\n",
    "\nIlustrasi cabai (Foto: Rina Sari/Melatipos)\n",
    "\nIlustrasi cabai. Foto: Ist\n",
    "\nIlustrasi cabai (Dok. Melatipos)\n",
    "\nIlustrasi cabai. (Ist)\n",
    "\nIlustrasi cabai. Dok/Melatipos\n",
    "\nIlustrasi cabai. (Foto: Istimewa)\n",
    "\nPedagang cabai di Pasar Kenanga, Bogor. ANTARA FOTO/Rina Sari/foc.\n",
    "\nPedagang cabai di Pasar Kenanga, Bogor. ANTARA/Rina Sari\n",
    "\nPedagang cabai (ANTARA FOTO/Rina Sari)\n",
    "\nPedagang cabai di pasar. [Melatipos.com/Rina Sari]\n",
    "\nPedagang cabai di pasar. [Ist]\n",
    "\nPedagang cabai di pasar (Foto: Freepik)\n",
    "\nPedagang cabai. Sumber: Pixabay\n",
    "\nPedagang cabai. TEMPO/Rina Sari\n",
    "\nPedagang cabai. | Foto: Rina Sari\n",
    "\nPedagang cabai (dok. Pemkab Bogor)\n",
    "\nPedagang cabai (IDN Times/Rina Sari)\n",
    "\nunsplash.com/@rinasari\n",
    "\nIDN Times/Rina Sari\n",
    "\nDok. IDN Times/Istimewa\n",
    "\nView this post on Instagram\n",
    "\nA post shared by Rina (@rina)\n",
    "\nSaksikan Video Pilihan Ini:\n",
    "\nSimak Video Pilihan Berikut:\n",
    "\nVideo Terkait\n",
    "\nTonton Video: Panen Raya Cabai\n",
    "\nHalaman 2 dari 3\n",
    "\nBaca di halaman selanjutnya\n",
    "\nSelengkapnya di halaman berikutnya\n",
    "\nRekomendasi Untuk Anda\n",
    "\nBerita Rekomendasi\n",
    "\nDaftar Isi\n",
    "\nBagikan:\n",
    "\nKomentar\n",
    "\nTulis Komentar\n",
    "\nJoin channel telegram Melatipos untuk mendapatkan berita terbaru\n",
    "\nGabung WhatsApp Channel Melatipos\n",
    "\nTerpopuler\n",
    "\nFollow Instagram @melatipos\n",
)


def clean(text: str) -> str:
    edits = [edit for edit in STAGE.propose(Document(text), GENERIC) if edit.confidence >= 0.5]
    return splice(text, ((edit.start, edit.end, edit.after) for edit in edits))


@pytest.mark.parametrize("head", HEADS)
def test_heads(head: str) -> None:
    assert clean(head + ARTICLE) == ARTICLE


@pytest.mark.parametrize("end", ENDS)
def test_ends(end: str) -> None:
    assert clean(ARTICLE + end) == ARTICLE


@pytest.mark.parametrize("middle", MIDDLES)
def test_middles(middle: str) -> None:
    # A line goes with one of its line breaks, a piece in mid-line with one of its spaces.
    assert clean(FIRST + middle + LAST) in (FIRST + middle[0] + LAST, FIRST + middle[-1] + LAST)


# What looks like the shapes above and is the article's own.
OWN = (
    "Jakarta, Bogor, dan Depok - tiga kota itu - kekurangan cabai.",
    "Persib, Bandung - klub itu - menang lagi di kandang.",
    "Radar Militer - Sistem itu mahal dan jarang dipakai.",
    "Jakarta: Bogor dan Depok kekurangan cabai pada pekan pertama Februari karena hujan yang turun terus.",
    "Menurut Rina, baca lainnya: cabai, bawang, dan beras naik.",
    'Ia menulis "Baca juga Harga Cabai di Pasar" di papan itu.',
    "Artikel ini ditulis oleh pedagang cabai.",
    "Warga dilarang menyalin kunci tanpa izin pemilik pasar.",
    "Iklan cabai itu tayang setelah iklan bawang.",
    "Ketua PKB (Golkar/Jawa Barat) hadir.\nIa membeli cabai.",
    "Sidang ditunda hingga hari raya.\nMAJELIS HAKIM menutup sidang.",
    "Simak video itu sampai selesai!\nWarga senang.",
    "Editor majalah itu, Rina Sari, membeli cabai.",
    "Follow up kasus cabai itu lambat.",
    "Our reporter said the English versions are automatically checked.",
    "Read more books, he said, and eat more chili.",
)


@pytest.mark.parametrize("text", OWN)
def test_the_article_stays(text: str) -> None:
    whole = f"{text}\n{FIRST}\n{text}\n{LAST}\n{text}"
    assert clean(text) == text
    assert clean(whole) == whole

"""The words that tell a headline from a sentence (see `headline`).

Chosen by their counts: in headlines that stand on lines of their own, as first words of paragraphs, and
inside them.
"""

from __future__ import annotations

# Written small inside a headline. Capitalised, they are nearly always the first word of a sentence.
FUNCTION = frozenset(
    "di ke dari dan atau yang untuk pada dengan dalam oleh karena sebagai bagi tentang terhadap antara "
    "kepada hingga sampai jika agar bila demi lantaran tapi tetapi namun serta sambil ketika saat usai "
    "soal meski per vs the of and in for on to a buat gara-gara adalah ini itu akan tak tidak jadi "
    "juta ribu miliar triliun persen akhir awal".split()
)

NEVER_LAST = frozenset(
    "di ke dari dan atau yang untuk pada dengan dalam oleh karena sebagai bagi tentang kepada".split()
)

# At least twenty times commoner as first word of a paragraph than inside a headline.
STRONG = frozenset(
    "Ia Dia Namun Dalam Di Sementara Menurut Menurutnya Selain Pada Untuk Dengan Hal Berikut Sebelumnya "
    "Adapun Kemudian Berdasarkan Karena Dari Sedangkan Dan Oleh Meskipun Bahkan Ketika Sejak Bagi Lalu "
    "Secara Melalui Selanjutnya Seperti Diketahui Dilansir Dikutip Mengutip Padahal Kendati Sebagian "
    "Apalagi Sehingga Lantas Menanggapi Pasalnya Terdapat Demikian Artinya Maka Pihaknya Misalnya "
    "Sebaliknya Keduanya Apabila Sayangnya Sejauh Akibatnya Begitu Diberitakan Awalnya Seiring Terlebih "
    "Sebagaimana Hasilnya Nah Mereka Lebih-lebih Tapi Tetapi Jika Bila Meski Saya Kami Kita Alhasil Sebab "
    "Itulah Ternyata Menariknya Seharusnya Tentunya Dijelaskan Disebutkan Ditambahkan Sekadar Hingga "
    "Selama Seluruh Setelah Dirinya Beliau Semula Rencananya Nantinya Tujuannya Lanjut Tak Hari Pantauan "
    "Melansir Mengacu Merujuk Sebanyak Sebagai Kemarin Sesuai Mengenai Sebenarnya Bukan Tidak Jadi "
    "Terkait Kini Lebih".split()
)
# Open sentences often, but stand in the middle of headlines as well.
WEAK = frozenset(
    "Para Salah Beberapa Seorang Sejumlah Saat Usai Setiap Berbagai Kedua Ketiga Yang Ini Itu Ada Bagaimana "
    "Sebuah Sekarang Akibat Sekitar Pihak Pemerintah Kepala Menteri Direktur Wakil Mantan Presiden Gubernur "
    "Kementerian Komisi Sekretaris Pernyataan Kegiatan Peristiwa Kejadian Keputusan Kebijakan Program "
    "Perusahaan Acara Pertemuan Proses Upaya Kondisi Langkah Laporan Penelitian Tujuan Kasus Hanya Banyak "
    "Jumlah Nama Total Sesampainya Sepanjang Sebelum Atas Benar Ketua Kabid Kapolres Koordinator Juru".split()
)
# These need "itu", "tersebut" ... behind them to open a sentence; "Tak Hadir" opens nothing.
NEEDS_SMALL = frozenset(
    "Hari Tak Lebih Bukan Tidak Jadi Kini Terkait Setelah Jika Bila Meski Hal Lanjut Sekadar Saya Kami Kita "
    "Tapi Seperti Sebagai Sebanyak Hingga Selama Mengenai Sesuai Seluruh Berikut Sebab Itulah Kemarin".split()
)

# Behind an opener they make the case: "Sementara itu", "Menurut dia", "Hal ini".
POINTERS = frozenset("itu ini tersebut dia juga pun lanjut hanya mengatakan menjelaskan menambahkan".split())

# An office or a body, in front of a name or of more of itself: "Ketua Dewan ...", "Kapolsek Melati ...".
OFFICE = frozenset(
    "Gubernur Wagub Bupati Wabup Wali Walikota Wakil Ketua Kepala Menteri Menko Direktur Dirut Dirjen "
    "Sekretaris Sekjen Presiden Wapres Mantan Eks Kompol Jenderal Politikus Politisi Ekonom Anggota "
    "Mahasiswa Majelis Dinas Badan Pemkab Pemkot Pemprov Manager Manajer Head Kementerian Komisi Komite "
    "Aliansi Pengamat Peneliti Dosen Dokter Analis Juru Jaksa Hakim Polda Polres Polsek Rektor Camat "
    "Lurah Koordinator Penjabat Pj Plt Calon Kantor Lembaga Asosiasi Fraksi Tim Panglima CEO Founder Staf "
    "Pelatih Kapten Penyidik Satgas Perwakilan General Vice Chief Advokat Kuasa Guru Profesor Prof "
    "Steering Media".split()
)
OFFICE_BEGINS = (
    "Kapol",
    "Kasat",
    "Kanit",
    "Kabid",
    "Kadis",
    "Kabag",
    "Kajar",
    "Kajati",
    "Wakapol",
    "Danrem",
    "Dandim",
)
# What counts things stays with its number: "Rp 8 Miliar", "5 Persen".
UNITS = frozenset(
    "Miliar Juta Triliun Ribu Persen Meter Km Kilometer Tahun Orang Hari Kali Kg Ton Hektare Hektar Jam "
    "Bulan Unit Kasus".split()
)

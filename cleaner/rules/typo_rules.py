"""The typo rules: what each one changes, what it must leave alone. How they work: cleaner/spelling."""

from __future__ import annotations

from cleaner.edits import Bilingual
from cleaner.rules.base import Rule

NONWORD = Rule(
    "typo.nonword",
    "typo",
    Bilingual(
        "Salah ketik yang menghasilkan bukan kata: aktid -> aktif, tidka -> tidak.",
        "A slip that gives no word of the language: aktid -> aktif, tidka -> tidak.",
    ),
    examples=(
        "Pemerintah ingin lebih ⟦aktid→aktif⟧ memainkan peran.",
        "Senjata itu ⟦tidka→tidak⟧ boleh digunakan.",
        "Harga bensin naik ⟦utnuk→untuk⟧ kedua kalinya tahun ini.",
        "Kabar itu disampaikan oleh ⟦seoang→seorang⟧ warga.",
        "Polisi ⟦meyebut→menyebut⟧ korban sudah dibawa ke rumah sakit.",
        "Kantor ⟦KEmenterian→Kementerian⟧ itu dibuka kembali.",
        "⟦oKrban→Korban⟧ sudah dibawa pulang.",
        "Petugas ⟦kementrian→kementerian⟧ itu datang.",
    ),
    near_misses=(
        "Pembicaraan damai multipartai takkan selesai bulan ini.",
        "Jurnalis Al Jazeera dan Wall Street Journal tiba di Kyiv bersama Lavrov.",
        "Dia bilang nggak bakalan ngegantung lagi.",
        "Virus hanta ditemukan pada tikus, kata Hanna.",
        "Kedalaman sumur itu dihargai, didalami, dan diatasi.",
        "Pengguna iPhone dan iPad membaca KUHPidana.",
        "Tidak ada kubu-kubuan, yaa, semua rukun.",
        "Limbah itu bisa diutilisasi warga.",
    ),
)

REALWORD = Rule(
    "typo.realword",
    "typo",
    Bilingual(
        "Salah ketik yang menghasilkan kata lain, terlihat dari konteks: Menteri Luar Ngeri -> Negeri.",
        "A slip that gives another word, visible only in context: Menteri Luar Ngeri -> Negeri.",
    ),
    examples=(
        "Ia bertemu Menteri Luar ⟦Ngeri→Negeri⟧ Rusia kemarin.",
        "Menteri Luar ⟦Ngeri→Negeri⟧ Jepang tiba di Jakarta.",
    ),
    near_misses=(
        "Film itu sungguh ngeri, kata penonton.",
        "Ngeri melihat jurang di luar negeri.",
        "Setiap mesin diperiksa dua kali.",
    ),
)

SPLIT = Rule(
    "typo.split",
    "typo",
    Bilingual(
        "Spasi atau tanda hubung yang kurang atau berlebih dalam kata: dimana -> di mana, di lakukan -> "
        "dilakukan, sehari hari -> sehari-hari (EYD V, bab kata depan, imbuhan, dan kata ulang).",
        "A space or hyphen too few or too many inside a word: dimana -> di mana, di lakukan -> dilakukan, "
        "sehari hari -> sehari-hari (EYD V on prepositions, affixes, reduplication).",
    ),
    examples=(
        "Kota ⟦dimana→di mana⟧ ia lahir kini ramai.",
        "Penelitian itu ⟦di lakukan→dilakukan⟧ selama setahun.",
        "Kebutuhan ⟦sehari hari→sehari-hari⟧ warga terpenuhi.",
        "Dia membagikan ⟦foto foto→foto-foto⟧ kegiatan di balai desa.",
        "Rombongan itu terdiri dari 17 orang ⟦laki laki→laki-laki⟧ dewasa.",
        "Warga menolak ⟦apapun→apa pun⟧ alasannya.",
        "Panitia menerima ⟦laporanlaporan→laporan-laporan⟧ warga.",
        "Hal itu diatur ⟦UndangUndang→Undang-Undang⟧ Nomor 3 Tahun 2011.",
        "Bandara ⟦SoekarnoHatta→Soekarno-Hatta⟧ ramai pada hari itu.",
        "Hal itu tidak terulang ⟦kedepanya→ke depannya⟧.",
        "Kini ⟦pedagangpun→pedagang pun⟧ banyak yang pulang.",
        "Barang itu dijual ⟦dimanapun→di mana pun⟧ oleh warga.",
        "Panen gagal, ⟦meski pun→meskipun⟧ hujan turun.",
        "Mereka bangkit ⟦pasca-kekalahan→pascakekalahan⟧ itu.",
        "Ayah ⟦mau-pun→maupun⟧ ibu datang.",
    ),
    near_misses=(
        "Surat itu disampaikan kepada panitia disiplin.",
        "Ia tinggal di lokasi pengungsian, di bawah tenda.",
        "Pohon tumbang itu berada di patok 12.",
        "Bunga itu mekar pada musim semi tahun depan.",
        "Kemana-mana mereka berjalan kaki.",
        "Walaupun hujan, meskipun dingin, mereka tetap berangkat.",
    ),
)

GLUE = Rule(
    "typo.glue",
    "typo",
    Bilingual(
        "Spasi antarkata yang hilang, biasanya di sekitar tautan: PresidenDonald -> Presiden Donald.",
        "A space lost between two words, mostly around a link: PresidenDonald -> Presiden Donald.",
    ),
    examples=(
        "Berita itu dikutip ⟦dariReuters→dari Reuters⟧ kemarin.",
        "Kebijakan ⟦PresidenDonald→Presiden Donald⟧ Trump ditentang warga.",
        "Perang di ⟦duniadengan→dunia dengan⟧ banyak korban harus dihentikan.",
        "Laga ⟦Indonesiavs→Indonesia vs⟧ Vietnam digelar malam ini.",
        "Kabar itu ⟦dikutipAl→dikutip Al⟧ Jazeera kemarin.",
        "Piala Dunia 2026⟦→ ⟧dengan 48 tim dimulai.",
    ),
    near_misses=(
        "Pengguna YouTube, TikTok, GoPay, dan PeduliLindungi bertambah.",
        "Grup McDonald berkantor di Jakarta.",
        "Pascabanjir, antarkampung saling membantu.",
        "Fitur SplitBill itu dipakai pengelola BUMDesa.",
    ),
)

REPEAT = Rule(
    "typo.repeat",
    "typo",
    Bilingual(
        "Kata yang tertulis dua kali: dan dan -> dan.",
        "A word typed twice: dan dan -> dan.",
    ),
    examples=(
        "Ia membeli beras ⟦dan dan→dan⟧ gula di pasar.",
        "Rapat itu dihadiri warga ⟦dari dari→dari⟧ tiga desa.",
        "Panen padi naik 46 ⟦persen persen→persen⟧ tahun ini.",
        "Perahu itu ⟦tidak tidak→tidak⟧ memiliki izin melaut.",
        "Lomba itu diikuti 24 ⟦partai partai→partai⟧ dari tiga kota.",
        "Kerugian ditaksir mencapai 2,3 ⟦miliar miliar→miliar⟧ rupiah.",
    ),
    near_misses=(
        "Jangan berpikir yang tidak-tidak tentang warga baru itu.",
        "Penyanyi itu bernama Jay Jay dari Papua.",
        "Bukan itu itu saja yang dibahas.",
    ),
)

CASING = Rule(
    "typo.casing",
    "typo",
    Bilingual(
        "Huruf kapital pada nama yang selalu berkapital: awal mei -> awal Mei (EYD V, huruf kapital).",
        "Capitals of names that always have one: awal mei -> awal Mei (EYD V on capital letters).",
    ),
    examples=(
        "Acara itu digelar pada awal ⟦mei→Mei⟧ di Bandung.",
        "Warga Jawa ⟦timur→Timur⟧ ikut memilih.",
        "Hujan turun. Sungai meluap. ⟦warga→Warga⟧ mengungsi. Bantuan tiba.",
        "Warga ⟦indonesia→Indonesia⟧ di luar negeri ikut memilih.",
        "Apakah ⟦anda→Anda⟧ sudah makan?",
        "Hal itu diatur dalam Peraturan Pemerintah Nomor 12 ⟦tahun→Tahun⟧ 2020 tentang pasar.",
        "Saya sudah bertemu ⟦pak→Pak⟧ Harun di pasar.",
        "Rapat dihadiri Ketua RT, ⟦Mantan→mantan⟧ Bupati Melati, dan warga.",
        "Harga cabai naik menjelang ⟦lebaran→Lebaran⟧ di semua pasar.",
        "Ia dijerat dengan ⟦pasal→Pasal⟧ 12 ayat 3 aturan itu.",
        "Hal itu diatur ⟦Undang-undang→Undang-Undang⟧ Nomor 3 Tahun 2011.",
        "Panen cabai mencapai 30 ⟦Ton→ton⟧ dalam sebulan.",
        "Dana itu dibagi untuk 13 ⟦Kampung→kampung⟧ yang rusak berat.",
        "Upah naik 12 ⟦Persen→persen⟧, kata seorang buruh.",
    ),
    near_misses=(
        "Ia makan mi di warung itu.",
        "Matahari terbit pada pagi hari.",
        "Buku itu milik bapak guru.",
        "Pada Pasal 5 tahun itu disebut dua kali.",
        "Kain bu itu sudah lama.",
        "Film Mantan Terindah diputar lagi.",
        "Beberapa pasal dalam aturan itu diubah.",
        "Pada 2015, Kabupaten ini panen besar.",
        "Lihat Undang-undang perkawinan yang lama.",
        "Perjanjian itu dibuat secara inter company.",
    ),
)

NONSTANDARD = Rule(
    "typo.nonstandard",
    "typo",
    Bilingual(
        "Ejaan tidak baku menurut KBBI: resiko -> risiko. Hanya disarankan, kecuali pada profil baku.",
        "Spelling that is not standard by KBBI: resiko -> risiko. Only suggested, except in profile baku.",
    ),
    examples=(
        "Setiap ⟦resiko→risiko⟧ harus dihitung.",
        "⟦Silahkan→Silakan⟧ datang besok pagi.",
        "Kendaraan ⟦berplat→berpelat⟧ kuning dilarang masuk.",
    ),
    near_misses=(
        "Ia dulu bekerja sebagai relawan dan merinci biaya.",
        "Risiko itu sudah dihitung.",
    ),
)

NAME = Rule(
    "typo.name",
    "typo",
    Bilingual(
        "Nama yang sekali ditulis lain daripada berkali-kali di naskah yang sama: Kiasan di antara Kasan.",
        "A name written once otherwise than many times in the same text: Kiasan among Kasans.",
    ),
    examples=(
        "Budi Kasan naik. Budi Kasan duduk. Lalu Kasan dan Budi Kasan makan. Budi ⟦Kasaan→Kasan⟧ pergi.",
    ),
    near_misses=(
        "Anisa dan Annisa bersaudara. Anisa pulang, kata Annisa. Anisa tidur, Annisa makan. Anisa bangun.",
        "Kata Prabowo benar. Prabowo pulang. Prabowo tidur. Prabowo makan. Bimo Pratowo lulus.",
    ),
)

SLANG = Rule(
    "slang.word",
    "typo",
    Bilingual(
        "Kata cakapan dan singkatan menjadi bentuk baku: yg -> yang. Hanya pada profil informal.",
        "Colloquial words and abbreviations become standard: yg -> yang. Only in the profile informal.",
    ),
    examples=(
        "Rumah ⟦yg→yang⟧ besar itu dijual.",
        "Kami pergi ⟦dgn→dengan⟧ kereta.",
    ),
    near_misses=(
        "Rumah yang besar itu dijual dengan murah.",
        "Laporan disusun oleh YG Entertainment di Seoul.",
    ),
    default=False,
)

ELONGATION = Rule(
    "slang.elongation",
    "typo",
    Bilingual(
        "Huruf yang diulang untuk penekanan: bangettt -> banget. Hanya pada profil informal.",
        "Letters repeated for emphasis: bangettt -> banget. Only in the profile informal.",
    ),
    examples=(
        "Makanan di sana enak ⟦sekaliii→sekali⟧ menurut saya.",
        "⟦Bagusss→Bagus⟧ menurut kami semua.",
    ),
    near_misses=(
        "Maaf, saat itu kami tidak tahu.",
        "Pesan itu dikirim ke grup WWW.",
    ),
    default=False,
)

TYPO_RULES = (NONWORD, REALWORD, SPLIT, GLUE, REPEAT, CASING, NAME, NONSTANDARD, SLANG, ELONGATION)

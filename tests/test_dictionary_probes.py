"""Right words that must be known and wrong ones that must not, chosen by hand."""

from __future__ import annotations

import pytest

from cleaner.spelling.lexicon import Flag, Lexicon
from cleaner.spelling.morphology import is_valid_form

RIGHT = """
abadi abaikan acara adalah adanya adik adil administrasi agama agar ahli air ajakan ajaran akademik akan
akhir akhirnya akibat aksi aktif aktivitas alami alasan alat aliran ambulans anak anak-anak ancaman
anggaran anggota angin angka antara antarnegara antikorupsi apabila apakah apalagi api aplikasi arah artis
artinya asal asap asli aspek asuransi atap atasi atas atau aturan awal awan ayah ayam bacaan badan
bagaimana bagi bagian bahagia bahan bahasa bahaya bahkan bahwa baik baju bakar balik bandara bangga bangsa
bangun banjir bank bantuan banyak barang baru batas batasi batu bawah bawaan bayar bayi beasiswa beban
bebas beberapa becak bedah begitu bekas bekerja belajar belakang belanja belum benar bencana benda bendera
bendungan bentuk berada berakhir berangkat beras berat berbagai berbahaya berdasarkan berdiri berencana
berhak berhasil berita berjalan berjudul berkas berlaku bermain bernama berpendapat berpengaruh bersama
bersih bertanggung bertemu berupa berusaha besar besaran biarkan biasanya biaya bidang bina bintang
biologi bisnis buah buatan budaya bukan bukti buku-bukunya bulan bumi buruh buruk busana butuh cabai
cadangan cahaya cair calon campuran cara catatan cegah cepat cerdas ceritanya cermin cincin cita-cita
contohnya cuaca cucian dagang dahulu dalami dampak dana danau dapur darah daratan darurat dasar data daun
debat delapan demikian demokrasi dengan depan deras derita desa detik dewan dewasa diabaikan diadakan
diajukan diakui dialami dianggap diatur dibahas dibandingkan dibantu dibatalkan diberikan dibuka dicapai
didampingi didorong diduga digelar digunakan diharapkan dihubungi dijelaskan dikabarkan dikenal diketahui
dilakukan dilanjutkan dilaporkan dimaksud diminta dinilai dinyatakan dipastikan diperiksa diperkirakan
diperoleh diperpanjang dipertimbangkan direncanakan disampaikan disebutkan diselenggarakan disepakati
disiplin ditemukan ditetapkan ditingkatkan diwarnai dokter dorongan dosen dua dugaan dukungan dunia durian
edukasi ekonomi ekspor emas empat energi enggan erat esok fakta fasilitas film fosil gagal gajah gambaran
ganda gangguan ganti garis gedung gejala gelombang gempa gerakan giat gizi golongan gubernur gudang
gugatan guna gunung guru habis hadiah hadapi haknya hambatan hampir hanya harapan hargai hari-hari harus
hasilnya hati-hati hewan hidup hijau hilang hingga hormat hotel hubungan hujan hukum hutan ibadah
identitas ikan iklim ilmu ilmuwan imbauan impor industri informasi ingin inovasi instansi intinya
investasi istilah istri izin jabatan jadwal jalur jaminan jangan jantung jarak jaringan jawaban jelas
jenazah jenis jumlah jurnalis justru kabar kabut kacamata kadang-kadang kajian kakak kalangan kalimat kami
kampanye kantor kapal karena karyawan kasus kata-kata kawasan keadaan keamanan kebakaran keberadaan
keberatan keberhasilan kebijakan kebutuhan kecelakaan kedaluwarsa kedatangan kegiatan kehadiran kehilangan
kejadian kejahatan kekayaan kekerasan kekurangan kelahiran kelompok keluarga kemacetan kemampuan kemarin
kematian kembali kementerian kemudian kemungkinan kendaraan kepala kepemimpinan kepercayaan keputusan
keras kerja kerugian kerusakan kesehatan kesempatan kesepakatan ketentuan keterangan keterlibatan
ketersediaan ketidakadilan ketika ketua keuangan khusus kinerja kisah komunitas kondisi konsumen kontrak
korban kualitas kuliah kurangi lahan lainnya lalui lama lancar langkah langsung lapangan layanan lebih
lingkungan listrik luar mahasiswa makanan malam manfaat masih masyarakat melalui melakukan membaca
membangun membantu memberdayakan memberikan memengaruhi memerlukan memiliki memperbaiki memperjuangkan
mempertanggungjawabkan mempunyai menandatangani mencapai mendapatkan mendukung menerapkan mengalami
mengatakan mengembangkan menggunakan menghadapi mengonsumsi mengubah menilai meninggal meningkatkan
menjadi menjelaskan mensyaratkan menunjukkan menurut menyampaikan menyapu menyebabkan menyediakan
menyukseskan merupakan merusak meskipun minuman mobil-mobilan musim nasional negara nelayan nilai nonaktif
olahraga pascapanen pekerjaan pelajaran pelaksanaan pelayanan pemberdayaan pembangunan pembelajaran
pemerintah pemilihan penanganan pendidikan penduduk penelitian pengadilan pengaruh pengembangan penggunaan
penghargaan pengiriman pengunjung penunjukan penyalahgunaan penyebab perdagangan perekonomian perhatian
peristiwa perjalanan perkembangan permasalahan permintaan pernyataan persyaratan pertandingan pertumbuhan
perusahaan prasejarah produksi rumahnya sampah sebaiknya sebenarnya seharusnya sehari-hari sekolah
selanjutnya sementara sepertinya seseorang setidaknya sistem tanggapan teknologi tembakau terakhir
terbesar terhadap terjadi terjangkau terkait terlibat tersebut tertinggi tidak tolong-menolong tunawisma
tunjangan ucapan ujarnya umumnya undang-undang upaya usulan utama wartawan wilayah yakni
""".split()

WRONG = """
adlaah adlah aktfitas akitvitas alsan anggraan anggota-angota apbila apkah aplikais artinay asuransii
atuar bagaiman bagaimna bahakn bahwaa baiik bandra bangsaa bangusnan banjri bankrutt bantaun banyka
barangg baerita bebrapa begtiu bekrja belajr belakng belanjaa belnja belummm benarr bencanaa bencna
bendunagn bentukk beradsarkan berangkt berbagaii berbahya berdasrkan berencna berhasl berita-beirta
berjlan berkasss berlkau bernmaa bersamaa bersamma bertemmu berupaa berusha besarr biayaa bidnag bisins
budyaa buktii bulna cadagnan cahyaa caatan catatna cermn cepaat cuacaaa dampka danaau darruat dasarr
debaat demikan demkian demokrsi dengn dengna deagn depann derass dianggp diaturr dibahsa dibandingakn
dibatlkan diberkian dibukaa dicapaii didorogn didugaa digelarr digunkan diharpkan dijelsakan dikenall
diketahi diketauhi dilakuakn dilkukan dilanjutkna dilaporakn dimintaa dinlai dinyatkaan dipastkan
dipeirksa diperkirkan dipeoleh direncnakan disampakian disampikan disebtukan diselengarakan disepkati
ditemkuan diteatpkan ditingkatkann doktr dorngan dosenn dugan dukugnan dunai ekonmi ekspoor enegri fakat
faslitas fasiltias gagall gambarn ganggaun garsi gedugn gejalaa gelomabng gempaa gerkan golognan guberur
gubrenur gugatna gununng hadiiah hambatn hampri hanay harapna hargaa harusss hasiln hatii-hati hewwan
hiudp hijua hilng hinga hormaat hubugnan hujna hukm huttan ibaadh identtas ikln ilmau ilmwan imabuan
indsutri infomasi infromasi inggin inovsai instasni investsai istlah isrti jabtan jadwla jallur jamnian
janagn jantugn jarakk jaringn jawabn jelass jenazha jenisss jumalh jumlaah jurnlis jsutru kabra kabutt
kajain kakakk kalagnan kalmiat kapla karean karna-na karyawn kasuss kawsan keadan keamnan kebakran
keberadan keberhasiln kebijkan kebutuhn kecelakan kecelakaaan kedatagnan kegitan kegiatna kehadrian
kehilagnan kejadain kejahtan kekayan kekersan kekuragnan kelahrian kelompk kelaurga kelurga kemacetn
kemampaun kemrin kemaitan kembail kementrain kemudan kemudain kemungknian kendaran kepaal kepemimpnan
kepercayan keputsuan kersa kerugain kerusakn kesehaatn kesehtan kesempatn kesepaktan ketentaun keteragnan
keterlbiatan ketersedaan ketikaa ketuaa keuagnan khussu kinreja kisahh komuntias kondiis konsmen konrtak
korabn kualtas kulaih kuranngi lahna lainnay lalaui lancra langakh langsugn lapagnan layann lebihh
lignkungan lingkugnan lisrtik luarr mahasisa mahasiwsa makann malamm manfat masayrakat masyarakt masyrakat
maysarakat melakuan melakuakn melaului membca membagnun membnatu memberdayakn memberkian memengarhui
memerlkan memliki memilikii memperbiki memperjuagnkan mempunyi menandatagani mencapi mendaptkan mendukugn
menerpkan mengalmi mengatkan mengatakn mengembagnkan menggunkan menghadpi mengknsumsi mengubha menilia
meningal meningaktkan meningkatakn menjdi menjaid menjelskan menurtu menyampakan menyebabakn menyedikan
mensukseskaan merupakn merupkaan merusk meskpun minumna musmi nasoinal nasinal negarra nelyan nilaii
olaharga pekerjan pelajarn pelaksanan pelayann pemberdayan pembagnunan pembelajarn pemeirntah pemerntah
pemilhan penanagnan penddikan pendidkan penduduuk peneltian pengadlan pengarh pengembagnan penggunan
pengharagan pengirman pengunjugn penunjuakn penyalahgunan penyebba perdagagnan perekonmian perhaitan
perisitwa peristwa perjalnan perkembagnan permaslahan permintan pernyatan persyartan pertandigan
pertumbuhn perusahan perusahaaan prodkusi rumhnya samaph sebaikya sebenarya sebenrnya seharsnya sekolh
sekoalh selanjtunya selanjutya sementra sepertiya seseroang setidakya sistme sitsem tanggpan teknolgi
tekonlogi tembkau teraikhir terakhri terbesr terhdap terhadp terjdai terjnagkau terkiat terlbiat tersbeut
tertingggi tetnang tiadk tidka tunjagnan ucapna ujarya umumya undang-udang upyaa usuln utmaa wartwan
wilyah yaknii yagn yag dnegan krena memilki ditunjukan lainya yangi menpunyai mensapu mempukul mengpilih
menkirim dipukuli-i berkerja mentulis
""".split()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.open()


def is_known(word: str, lexicon: Lexicon) -> bool:
    return is_valid_form(word, lexicon) or lexicon.is_foreign(word) or lexicon.is_name(word)


def test_there_are_enough_probes():
    assert len(set(RIGHT)) >= 400
    assert len(set(WRONG)) >= 400
    assert not set(RIGHT) & set(WRONG)


def test_right_words_are_known(lexicon):
    assert [word for word in RIGHT if not is_valid_form(word, lexicon)] == []


def test_wrong_words_are_not_known(lexicon):
    assert [word for word in WRONG if is_known(word, lexicon)] == []


@pytest.mark.parametrize("word", "mempengaruhi dimana resiko disini ijin praktek apotik terimakasih".split())
def test_frequent_but_not_standard(lexicon, word):
    assert word in lexicon or word == "disini"
    assert lexicon.flags(word) & Flag.NONSTANDARD


@pytest.mark.parametrize("word", "dulu relawan rinci haknya dalami hargai atasi penunjukan".split())
def test_good_words_that_lists_call_wrong(lexicon, word):
    assert word in lexicon
    assert not lexicon.flags(word) & Flag.NONSTANDARD


@pytest.mark.parametrize(
    ("word", "cased"),
    [
        ("mei", "Mei"),
        ("indonesia", "Indonesia"),
        ("jakarta", "Jakarta"),
        ("kpk", "KPK"),
        ("youtube", "YouTube"),
        ("iphone", "iPhone"),
        ("jumat", "Jumat"),
        ("prabowo", "Prabowo"),
        ("negeri", None),
        ("bulan", None),
        ("rumah", None),
        ("bintang", None),
        ("qwertyzxcv", None),
    ],
)
def test_casing(lexicon, word, cased):
    assert lexicon.cased(word) == cased


def test_english_is_known_as_english_only(lexicon):
    for word in "software launching meeting deadline".split():
        assert lexicon.is_foreign(word)
        assert word not in lexicon


def test_informal_words_carry_the_flag(lexicon):
    for word in "nggak banget gimana ngomong".split():
        assert word in lexicon
        assert lexicon.flags(word) & Flag.INFORMAL


def test_counts_are_right_to_a_few_percent(lexicon):
    assert lexicon.count("yang") > 200_000
    assert lexicon.count("qwertyzxcv") == 0
    assert 0.0 < lexicon.capital_share("negeri") < 0.6
    assert lexicon.capital_share("indonesia") > 0.98
    assert lexicon.flags("qwertyzxcv") == Flag(0)

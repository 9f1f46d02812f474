"""Words that only join others, and are in every text: no name ends in one, nothing is built on one."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    (
        "ada adalah agar akan atas atau bagi bahkan bahwa belum bisa bukan dalam dan dapat dari dengan di "
        "dia hanya harus hingga ia jika juga kami karena ke kepada ketika kita lebih maka masih melalui "
        "mereka namun oleh pada para pun saat sangat saya sebagai sedang sehingga sejak seperti serta "
        "setelah telah tentang terhadap tersebut untuk yaitu yakni yang"
    ).split()
)

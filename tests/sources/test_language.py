"""What is not English is named; what is English stays, foreign names and all."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from kg.sources.language import find_foreign_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Behörde hat gegen den Betreiber der Plattform ein Bußgeld von fünf Millionen Euro verhängt.", "German"),
        (
            "L'autorité a infligé une amende de cinq millions d'euros à la plateforme pour avoir enfreint la loi.",
            "French",
        ),
        ("La autoridad multó a la plataforma con cinco millones de euros por abuso de posición dominante.", "Spanish"),
        ("L'autorità ha inflitto una multa di cinque milioni di euro alla piattaforma per la violazione.", "Italian"),
        ("A autoridade multou a plataforma em cinco milhões de euros por não remover os conteúdos.", "Portuguese"),
        ("De toezichthouder heeft het platform een boete van vijf miljoen euro opgelegd voor de overtreding.", "Dutch"),
        ("Urząd nałożył na platformę karę w wysokości pięciu milionów euro za to, że nie usunęła treści.", "Polish"),
        ("Kurum, yasaya uymadığı için platforma beş milyon avro ceza verdi ve bir uyarı daha yaptı.", "Turkish"),
        ("Суд оштрафовал платформу на пять миллионов рублей за отказ удалить запрещенный контент.", "Russian"),
        ("Суд оштрафував платформу на п'ять мільйонів гривень за відмову видалити заборонений вміст.", "Ukrainian"),
        ("فرضت الهيئة غرامة قدرها خمسة ملايين يورو على المنصة بسبب انتهاك القانون في البلاد.", "Arabic"),
        (
            "监管机构因该平台违反法律对其处以五百万欧元的罚款，该公司表示将对这一决定提出上诉，并称不会停止在当地的服务。",
            "Chinese",
        ),
    ],
)
def test_language_of_a_foreign_line_is_named(text: str, language: str) -> None:
    """A line is enough to tell the language."""
    assert find_foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Bundesnetzagentur fines Telegram FZ-LLC",
        "Die Zeit",
        "Luiz Inácio Lula da Silva meets João de Deus in Rio de Janeiro, São Paulo and Belo Horizonte",
        "Deutsche Telekom, Vodafone Deutschland and Telefónica Deutschland win Bundesgerichtshof case",
        "Commission nationale de l'informatique et des libertés fines Google LLC and Google Ireland Limited",
        "Judge Alexandre de Moraes of Brazil's Supremo Tribunal Federal orders Telegram blocked in Brazil",
        "12,345,678 – 2024-08-24 – 5.1 % – 67,890 – 2023-01-01 – 100 % – 999,999 – € 5,000,000 – 42",
        "",
    ],
)
def test_language_of_english_with_foreign_names_is_english(text: str) -> None:
    """Names, numbers and lines too short to tell pass."""
    assert find_foreign_language(text) is None


def test_language_of_real_items_is_english(shared: Path) -> None:
    """Of 1,099 real English one-line items none is taken for another language."""
    with (shared / "corpus" / "current-events-platforms-2002-2021.tsv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t")]
    assert len(texts) > 1000
    assert [text for text in texts if find_foreign_language(text)] == []


def test_language_of_a_sample_of_all_items_is_english(shared: Path) -> None:
    """Of every 20th of 92,912 English items none is taken for another language."""
    path = shared / "corpus" / "current-events-2002-2021.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t")][::20]
    assert len(texts) > 4000
    assert [text for text in texts if find_foreign_language(text)] == []

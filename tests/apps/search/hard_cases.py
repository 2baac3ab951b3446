"""Hard cases of search in six languages: what is asked, and which records must be found, no others.

Also used by benchmarks/search.py, which asks other search engines the same.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

TEXTS: Mapping[str, tuple[str, str]] = {
    # Chinese
    "zh-maize": ("zh", "关于转基因玉米进口的批准决定"),
    "zh-safety": ("zh", "国家生物安全法及其实施细则"),
    "zh-risk": ("zh", "抗虫棉花环境释放的风险评估报告"),
    "zh-sea": ("zh", "上海水产品检测实验室"),
    # Arabic
    "ar-maize": ("ar", "قرار بشأن استيراد الذُّرَة المحوّرة وراثيًّا"),
    "ar-safety": ("ar", "قانون السلامة الأحيائية وتقييم المخاطر"),
    "ar-peace": ("ar", "بيان عن السلام والتعاون"),
    "ar-responsibility": ("ar", "المسؤولية والجبر التعويضي عن الضرر"),
    "ar-organisms": ("ar", "إنتاج الكائنات الحيّة المحوّرة وإطلاقها في البيئة"),
    "ar-seed": ("ar", "استيراد بذور للقطن وبالأرز"),
    # Russian
    "ru-risk": ("ru", "Оценка рисков для окружающей среды"),
    "ru-decision": ("ru", "Решение о ввозе генетически изменённой кукурузы"),
    "ru-rice": ("ru", "Испытания сортов риса"),
    "ru-child": ("ru", "Безопасность питания ребёнка"),
    # French
    "fr-risk": ("fr", "L’évaluation des risques liés aux espèces génétiquement modifiées"),
    "fr-maize": ("fr", "Décision sur l'importation du maïs"),
    "fr-but": ("fr", "Une loi utile, mais qu’il faut adapter au cas par cas"),
    "fr-organ": ("fr", "Organes de l’État et données d’expérience"),
    "fr-organism": ("fr", "Mise en circulation d’organismes vivants"),
    # Spanish
    "es-maize": ("es", "Decisión sobre la importación de maíces híbridos"),
    "es-house": ("es", "Ensayos en la casa de cultivo, España"),
    "es-organ": ("es", "Órganos de enlace nacionales"),
    "es-organism": ("es", "Evaluación de los organismos vivos modificados de este año"),
    # English
    "en-risk": ("en", "Assessment of risks to the environment"),
    "en-universe": ("en", "A universal procedure of labelling"),
    "en-university": ("en", "Laboratory of the University of Nairobi"),
    "en-decision": ("en", "Decisions on harmonization of living modified organisms"),
    # Words of the same meaning, and words that only look so
    "en-soya": ("en", "Field trial of GM soybean"),
    "en-borer": ("en", "Resistance to the European corn borer"),
    "fr-potato": ("fr", "Essai de pommes de terre en plein champ"),
    "fr-mais": ("fr", "Une procédure simple mais longue"),
    "es-soya": ("es", "Siembra de soja y de soya"),
    "ru-living": ("ru", "Реестр живых изменённых организмов"),
    "ru-with": ("ru", "Договор со странами со льготами"),
    "zh-borer": ("zh", "欧洲玉米螟的防治"),
    # Identifiers
    "id-nk603": ("en", "Approval of MON-ØØ6Ø3-6, Roundup Ready crop"),
    "id-810": ("en", "Approval of MON-ØØ81Ø-6 (MON 810)"),
    "id-stack": ("en", "Approval of the stack ACS-BNØØ5-8 × ACS-BNØØ3-6"),
    "id-number": ("en", "It amends BCH-DEC-CN-105-2 of last spring"),
}
"""Name of a record -> the language it is written in, and its title."""


class Case(NamedTuple):
    """What a reader of a language asks, and the records to find: those with these words, and those
    that only say the same in other words.
    """

    text: str
    language: str
    found: tuple[str, ...]
    also: tuple[str, ...] = ()

    def is_right(self, hits: Collection[str]) -> bool:
        """Whether hits are right for a search that knows no words of the same meaning."""
        return set(self.found) <= set(hits) <= {*self.found, *self.also}


def _case(text: str, language: str, *found: str, also: Sequence[str] = ()) -> Case:
    return Case(text, language, found, tuple(each for each in also if each not in found))


MAIZE = ("zh-maize", "ar-maize", "ru-decision", "fr-maize", "es-maize")
MODIFIED = ("zh-maize", "ar-maize", "ar-organisms", "ru-decision", "ru-living", "fr-risk",
            "es-organism", "en-decision", "en-soya")  # fmt: skip
MODIFIED_MAIZE = ("zh-maize", "ar-maize", "ru-decision")
COTTON = ("zh-risk", "ar-seed")
RICE = ("ar-seed", "ru-rice")
SOYA = ("en-soya", "es-soya")

CASES = (
    # Chinese: words of two characters, longer ones, several at once, other orders
    _case("玉米", "zh", "zh-maize", "zh-borer", also=MAIZE),
    _case("批准", "zh", "zh-maize"),
    _case("转基因玉米", "zh", "zh-maize", also=MODIFIED_MAIZE),
    _case("玉米 批准", "zh", "zh-maize"),
    _case("安全", "zh", "zh-safety"),
    _case("生物安全", "zh", "zh-safety"),
    _case("生物安全法", "zh", "zh-safety"),
    _case("棉花", "zh", "zh-risk", also=COTTON),
    _case("风险评估", "zh", "zh-risk"),
    _case("海", "zh", "zh-sea"),
    _case("米玉", "zh"),
    _case("安全 棉花", "zh"),
    # Arabic: article, prefixes, vowel signs, hamza, ta marbuta, feminine plural
    _case("ذرة", "ar", "ar-maize", also=MAIZE),
    _case("الذرة", "ar", "ar-maize", also=MAIZE),
    _case("للذرة", "ar", "ar-maize", also=MAIZE),
    _case("والذُّرَةُ", "ar", "ar-maize", also=MAIZE),
    _case("الذره", "ar", "ar-maize", also=MAIZE),
    _case("وراثيا", "ar", "ar-maize"),
    _case("الوراثي", "ar", "ar-maize"),
    _case("سلامة", "ar", "ar-safety"),
    _case("السلامة الاحيائيه", "ar", "ar-safety"),
    _case("سلام", "ar", "ar-peace"),
    _case("مسئولية", "ar", "ar-responsibility"),
    _case("المسؤولية", "ar", "ar-responsibility"),
    _case("كائن", "ar", "ar-organisms"),
    _case("انتاج", "ar", "ar-organisms"),
    _case("القطن", "ar", "ar-seed", also=COTTON),
    _case("أرز", "ar", "ar-seed", also=RICE),
    _case("بالقطن", "ar", "ar-seed", also=COTTON),
    # Russian: cases, fleeting vowel, ё
    _case("оценок", "ru", "ru-risk"),
    _case("оценке риска", "ru", "ru-risk"),
    _case("решениями", "ru", "ru-decision"),
    _case("измененная кукуруза", "ru", "ru-decision"),
    _case("КУКУРУЗОЙ", "ru", "ru-decision", also=MAIZE),
    _case("рис", "ru", "ru-rice", also=RICE),
    _case("риск", "ru", "ru-risk"),
    _case("ребенок", "ru", "ru-child"),
    _case("ребёнку", "ru", "ru-child"),
    # French: elisions, accents typed or not, plurals; maïs is not mais
    _case("évaluation", "fr", "fr-risk"),
    _case("l'evaluation", "fr", "fr-risk"),
    _case("espece", "fr", "fr-risk"),
    _case("d’espèces modifiés", "fr", "fr-risk"),
    _case("maïs", "fr", "fr-maize", also=MAIZE),
    _case("mais", "fr", "fr-maize", also=MAIZE),
    _case("DECISION IMPORTATIONS", "fr", "fr-maize"),
    _case("etat", "fr", "fr-organ"),
    _case("organe", "fr", "fr-organ"),
    _case("organisme", "fr", "fr-organism"),
    _case("donnée", "fr", "fr-organ"),
    _case("cas", "fr", "fr-but"),
    # Spanish: accents, ñ, plurals
    _case("maiz", "es", "es-maize", also=MAIZE),
    _case("MAÍZ", "es", "es-maize", also=MAIZE),
    _case("decisiones", "es", "es-maize"),
    _case("casa", "es", "es-house"),
    _case("casas", "es", "es-house"),
    _case("espana", "es", "es-house"),
    _case("organo", "es", "es-organ"),
    _case("organismo", "es", "es-organism"),
    _case("año", "es", "es-organism"),
    _case("evaluaciones", "es", "es-organism"),
    # English: inflections, spellings, what stems would throw together, other readers
    _case("assessments risk", "en", "en-risk"),
    _case("environment", "fr", "en-risk"),
    _case("university", "en", "en-university"),
    _case("universal", "en", "en-universe"),
    _case("labeling", "en", "en-universe"),
    _case("harmonisation", "en", "en-decision"),
    _case('"modified organisms"', "en", "en-decision"),
    _case('"organisms modified"', "en"),
    # Lay words: what everybody types and no treaty says
    _case("GMO", "en", also=MODIFIED),
    _case("GMOs", "en", also=MODIFIED),
    _case("genetically modified", "en", also=MODIFIED),
    _case("genetically-modified organisms", "en", also=MODIFIED),
    _case("transgenic maize", "en", also=MODIFIED_MAIZE),
    _case("lmo", "zh", also=MODIFIED),
    _case("OGM", "fr", also=MODIFIED),
    _case("l’OGM", "fr", also=MODIFIED),
    _case("génétiquement modifiées", "fr", "fr-risk", also=MODIFIED),
    _case("transgéniques", "fr", also=MODIFIED),
    _case("ogm", "es", also=MODIFIED),
    _case("modificado genéticamente", "es", also=MODIFIED),
    _case("ГМО", "ru", also=MODIFIED),
    _case("ЖИО", "ru", also=MODIFIED),
    _case("генномодифицированные организмы", "ru", also=MODIFIED),
    _case("转基因", "zh", "zh-maize", also=MODIFIED),
    _case("转基因生物", "zh", also=MODIFIED),
    _case("基因改造", "zh", also=MODIFIED),
    _case("轉基因玉米", "zh", also=MODIFIED_MAIZE),
    _case("معدل وراثيا", "ar", also=MODIFIED),
    _case("كائنات معدلة وراثيا", "ar", also=MODIFIED),
    _case("المعدّلة وراثيًّا", "ar", also=MODIFIED),
    _case("محورة", "ar", "ar-maize", "ar-organisms", also=MODIFIED),
    # Crops by any name in any language
    _case("corn", "en", "en-borer", also=MAIZE),
    _case("maize", "ru", also=MAIZE),
    _case("Zea mays", "en", also=MAIZE),
    _case("corn import", "en", also=("fr-maize", "es-maize")),
    _case("corn OR cotton", "en", "en-borer", also=(*MAIZE, *COTTON)),
    _case("玉米 -进口", "zh", "zh-borer", also=("ar-maize", "ru-decision", "fr-maize", "es-maize")),
    _case("cotton", "en", also=COTTON),
    _case("algodones", "es", also=COTTON),
    _case("хлопка", "ru", also=COTTON),
    _case("soja", "fr", "es-soya", also=SOYA),
    _case("soya", "en", "es-soya", also=SOYA),
    _case("сои", "ru", also=SOYA),
    _case("大豆", "zh", also=SOYA),
    _case("فول الصويا", "ar", also=SOYA),
    _case("土豆", "zh", also=("fr-potato",)),
    _case("potatoes", "en", also=("fr-potato",)),
    _case("apple", "en"),
    _case("colza", "fr"),
    # In quotes only what stands there
    _case('"GMO"', "en"),
    _case('"corn"', "en", "en-borer"),
    _case('"玉米"', "zh", "zh-maize", "zh-borer"),
    _case('"soybean" cotton', "en"),
    # Identifiers and numbers, however typed
    _case("MON-ØØ6Ø3-6", "en", "id-nk603"),
    _case("mon-00603-6", "en", "id-nk603"),
    _case("MON006036", "en", "id-nk603"),
    _case("MON-OO6O3-6", "en", "id-nk603"),
    _case("mon 00603 6", "en", "id-nk603"),
    _case("ＭＯＮ－ØØ6Ø3－6", "zh", "id-nk603"),  # noqa: RUF001
    _case("MON–ØØ6Ø3–6", "ar", "id-nk603"),  # noqa: RUF001
    _case("MON-00603-7", "en"),
    _case("MON810", "en", "id-810"),
    _case("mon-810", "en", "id-810"),
    _case("mon00810-6", "en", "id-810"),
    _case("MON-008106", "en", "id-810"),
    _case("mon 810", "en", "id-810"),
    _case("ACS-BN005-8 x ACS-BN003-6", "en", "id-stack"),
    _case("ACS-BNØØ3-6", "en", "id-stack"),
    _case("bch-dec-cn-105-2", "en", "id-number"),
    _case("BCH DEC CN 105", "en", "id-number"),
    _case("BCH-DEC-CN-10", "en"),
)

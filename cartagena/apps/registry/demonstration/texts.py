"""Short made-up texts in the language of a Party. Each says of itself that it is made up."""

from cartagena.apps.registry.demonstration.draws import pick
from cartagena.apps.registry.demonstration.profiles import Profile

_REMARKS = {
    "en": (
        "Made up for demonstration: work on this article goes on.",
        "Made up for demonstration: the ministry and the laboratories work together here.",
        "Made up for demonstration: more training is needed.",
    ),
    "fr": (
        "Texte inventé pour la démonstration : les travaux sur cet article se poursuivent.",
        "Texte inventé pour la démonstration : davantage de formation est nécessaire.",
    ),
    "es": (
        "Texto inventado para la demostración: el trabajo sobre este artículo continúa.",
        "Texto inventado para la demostración: se necesita más formación.",
    ),
    "ru": (
        "Вымышленный текст для демонстрации: работа по этой статье продолжается.",
        "Вымышленный текст для демонстрации: необходимо дополнительное обучение.",
    ),
    "ar": (
        "نص مختلق للعرض: العمل بشأن هذه المادة مستمر.",
        "نص مختلق للعرض: ثمة حاجة إلى مزيد من التدريب.",
    ),
    "zh": ("演示用虚构文字：有关本条的工作仍在进行。", "演示用虚构文字：需要更多培训。"),
}
MADE_UP = "made up for demonstration"


def write_remark(profile: Profile, *names: object) -> str:
    """A sentence in the Party's language."""
    return pick(_REMARKS[profile.language], "remark", profile.party, *names)

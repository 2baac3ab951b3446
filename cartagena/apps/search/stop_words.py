"""Words that a query may hold without asking for them: articles, prepositions, conjunctions."""

STOP_WORDS = frozenset(
    {
        f"{language}:{word}"
        for language, words in {
            "en": "a an and at by for from in into is of on or the to with",
            "es": "al con de del el en la las los o para por que un una y",
            "fr": "au aux avec dans de des du en est et la le les ou par pour que qui sur un une",
            "ru": "в во и из к на о об от по с со у для или",
            "ar": "في من على الى عن و او مع",
            "zh": "",
        }.items()
        for word in words.split()
    }
)

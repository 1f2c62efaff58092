import pytest

from jalon.nlu.questions import questions_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C'est quoi le CPAS ? Et comment avoir un avocat ?", 2),
        ("c'est quoi le cpas?et comment avoir un avocat?", 2),
        ("هل يمكنني العمل؟ وأين أتعلم الفرنسية؟", 2),
        ("Je suis réfugié depuis mars. Ma femme est au Liban. Comment la faire venir ?", 0),
        ("Combien de temps ? merci", 0),
        ("Quoi ??? Combien de temps ???", 0),
        ("", 0),
        ("un ? deux trois ? quatre cinq ?", 2),
        ("a b ? c d ? e f ? g h ? i j ?", 0),
    ],
)
def test_only_several_question_marks_make_several_questions(text, found):
    assert len(questions_in(text)) == found

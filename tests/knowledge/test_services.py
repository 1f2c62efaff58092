import pytest

from jalon.knowledge.services import is_local, nearest


class Store:
    """Services and communes as the store hands them out."""

    _kept = {
        "services": {
            "cpas_a": {"type": "cpas", "communes": ["a"]},
            "cpas_b": {"type": "cpas", "communes": ["b"]},
            "cpas_all": {"type": "cpas", "communes": ["all"]},
            "food_b": {"type": "food", "communes": ["b", "c"]},
            "tracing": {"type": "family_tracing", "communes": ["all"]},
        },
        "communes": {"a": {"neighbours": ["b"]}, "b": {"neighbours": ["a"]}, "c": {"neighbours": []}},
    }

    def entries(self, kind):
        return self._kept[kind]


@pytest.mark.parametrize(
    ("kind", "commune", "here", "beside", "everywhere"),
    [
        pytest.param("cpas", "a", ["cpas_a"], [], ["cpas_all"], id="its own"),
        pytest.param("cpas", "c", [], [], ["cpas_all"], id="a CPAS of a neighbour serves its own inhabitants"),
        pytest.param("food", "a", [], ["food_b"], [], id="beside"),
        pytest.param("food", "c", ["food_b"], [], [], id="one of several communes"),
        pytest.param("food", None, [], [], [], id="commune not known"),
        pytest.param("tracing", "a", [], [], [], id="no such kind"),
        pytest.param("family_tracing", "a", [], [], ["tracing"], id="for everybody"),
        pytest.param("food", "nowhere", [], [], [], id="no such commune"),
    ],
)
def test_services_are_looked_for_here_then_beside_then_everywhere(kind, commune, here, beside, everywhere):
    found = nearest(Store(), kind, commune)
    assert (list(found.here), list(found.beside), list(found.everywhere)) == (here, beside, everywhere)


@pytest.mark.parametrize(("kind", "local"), [("cpas", True), ("family_tracing", False)])
def test_the_commune_matters_only_for_services_that_differ_by_commune(kind, local):
    assert is_local(Store(), kind) is local

"""The base of every endpoint: rights before the body, one transaction per write, lists with a known cost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from ooievaar.models import Gebruiker
from ooievaar.platform import idempotency
from ooievaar.platform.casing import Invoer, Vraag
from ooievaar.platform.errors import Gewijzigd, NietGevonden, OnbekendeParameter, Ongeldig
from ooievaar.platform.opnieuw import opnieuw_bij_botsing
from ooievaar.platform.rendering import to_json
from ooievaar.platform.verzoek import Request

_VEILIG = ("GET", "HEAD", "OPTIONS")


class MetVersie(Protocol):
    versie: int
    gewijzigd_op: Any
    gewijzigd_door: Any


class ApiView(APIView):
    """An endpoint. `rollen` says per method who may call it (else nobody); `vraag` which query keys it knows."""

    rollen: ClassVar[Mapping[str, frozenset[Any]]] = {}
    openbaar: ClassVar[bool] = False
    vraag: ClassVar[type[Vraag]] = Vraag
    # Several rows: the document gives this GET paging and no ETag.
    is_lijst: ClassVar[bool] = False
    # False where the answer is a secret: the key is checked, but the answer is never stored.
    bewaart_antwoord: ClassVar[bool] = True
    # False where a write is on something that has no ETag, so that the document promises no If-Match.
    kent_if_match: ClassVar[bool] = True
    metadata_class = None
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    request: Request

    def initial(
        self,
        request: Request,  # type: ignore[override]
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().initial(request, *args, **kwargs)
        self.gevraagd = self._lees_vraag(request)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """As the framework's, with a write as one transaction and, with a key, answered once."""
        self.args, self.kwargs = args, kwargs
        request = self.initialize_request(request, *args, **kwargs)
        self.request = request
        self.headers = self.default_response_headers
        try:
            self.initial(request, *args, **kwargs)
            method = (request.method or "").lower()
            handler = getattr(self, method, None) if method in self.http_method_names else None
            handler = handler or self.http_method_not_allowed
            response = self._answer(request, lambda: handler(request, *args, **kwargs))
            if request.method in ("GET", "HEAD") and not self.is_lijst and "ETag" not in response:
                response["ETag"] = _inhoudstag(response)
        except Exception as exc:
            response = self.handle_exception(exc)
        self.response = self.finalize_response(request, response, *args, **kwargs)
        return self.response

    def _answer(self, request: Request, run: Callable[[], Response]) -> Response:
        if request.method in _VEILIG:
            return run()

        def write() -> Response:
            with transaction.atomic():
                return run()

        def write_or_problem() -> Response:
            try:
                return write()
            except Exception as exc:
                return self.handle_exception(exc)

        key = idempotency.key_of(request) if request.method == "POST" else None
        if key and self.bewaart_antwoord:
            return opnieuw_bij_botsing(lambda: idempotency.answer_once(request, key, write_or_problem))
        return opnieuw_bij_botsing(write)

    def _lees_vraag(self, request: Request) -> dict[str, Any]:
        serializer = self.vraag()
        velden = serializer.fields if request.method in ("GET", "HEAD") else {}
        onbekend = [naam for naam in request.query_params if naam not in velden]
        if onbekend:
            raise OnbekendeParameter(
                [(n[:60], "onbekendeParameter", _("Deze zoekvraag kennen we niet.")) for n in onbekend]
            )
        if not velden:
            return {}
        dubbel = [n for n in velden if len(request.query_params.getlist(n)) > 1]
        if dubbel:
            raise Ongeldig([(n, "ongeldig", _("Geef deze zoekvraag één keer.")) for n in dubbel])
        gegeven = {n: w for n in velden if (w := request.query_params.get(n, "")) != ""}
        serializer = self.vraag(data=gegeven)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def lees(self, invoer: type[Invoer]) -> dict[str, Any]:
        """The body as the serializer promises it; raises with all faults at once."""
        serializer = invoer(data=self.request.data, context={"request": self.request})
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def bladzijde(
        self,
        rijen: QuerySet[Any] | list[Any],
        vertaal: Callable[[Iterable[Any]], list[Any]],
        telling: QuerySet[Any] | None = None,
    ) -> Response:
        """One page of a list in two queries; `telling` counts the same rows without the columns. Past the end: 404.

        A plain list is for rows that a rule in Python selected; it has no `ordering` (`op_volgorde`).
        """
        if volgorde := self.gevraagd.get("ordering"):
            assert not isinstance(rijen, list)
            rijen = rijen.order_by(*volgorde)
        page, size = self.gevraagd["page"], self.gevraagd["page_size"]
        telbaar = rijen if telling is None else telling
        count = len(telbaar) if isinstance(telbaar, list) else telbaar.count()
        start = (page - 1) * size
        if page > 1 and start >= count:
            raise NietGevonden
        results = vertaal(rijen[start : start + size]) if count else []
        return Response(
            {
                "count": count,
                "next": self._page_url(page + 1) if start + size < count else None,
                "previous": self._page_url(page - 1) if page > 1 else None,
                "results": results,
            }
        )

    def _page_url(self, page: int) -> str:
        query = self.request.query_params.copy()
        query["page"] = str(page)
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def enkel(self, data: Any, rij: MetVersie, *, status: int = 200, **headers: str) -> Response:
        """One resource with its ETag."""
        return Response(data, status=status, headers={"ETag": etag(rij), **headers})

    def if_match(self, rij: MetVersie) -> None:
        """Refuse a write on a version that is no longer the newest, and say who changed it and when.

        Call it with the row locked. Without an If-Match header the last write wins (api.md, Settled details).
        """
        gevraagd = self.request.headers.get("If-Match")
        if gevraagd is None or gevraagd.strip() == "*":
            return
        if etag(rij) not in [deel.strip() for deel in gevraagd.split(",")]:
            wie = Gebruiker.objects.filter(pk=rij.gewijzigd_door).first() if rij.gewijzigd_door else None
            naam = (wie.get_full_name() or wie.username) if wie else _("het systeem")
            raise Gewijzigd(
                _("%(naam)s heeft dit net gewijzigd. Laad het opnieuw en kijk wat er anders is.") % {"naam": naam},
                gewijzigd=True,
                gewijzigdDoor=naam,
                gewijzigdOp=rij.gewijzigd_op,
            )


def etag(rij: MetVersie) -> str:
    """The strong ETag of a row's version."""
    return f'"{rij.versie}"'


def _inhoudstag(answer: Any) -> str:
    """The ETag of an answer that is computed, not a row with a version (who am I, proposals, coverage): by content."""
    data = getattr(answer, "data", None)
    content = answer.content if data is None else data if isinstance(data, bytes) else to_json(data)
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def in_een_keer(serializer: type[serializers.Serializer]) -> Callable[[Iterable[Any]], list[Any]]:
    """A translation of rows by a serializer, for `bladzijde`."""
    return lambda rijen: list(serializer(rijen, many=True).data)

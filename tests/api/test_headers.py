from flask import Response

from service.api.headers import fill


def test_what_a_route_has_said_stays_whatever_its_case():
    response = Response(headers={"cache-control": "no-store"})
    fill(response, {"Cache-Control": "public", "Referrer-Policy": "no-referrer"})
    assert response.headers.getlist("Cache-Control") == ["no-store"]
    assert response.headers["Referrer-Policy"] == "no-referrer"

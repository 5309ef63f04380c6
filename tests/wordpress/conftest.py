"""One WordPress and one service for the plugin's tests."""

import base64
import json

import pytest

from service.access.keys import Keys
from tests.server import server
from tests.wordpress.site import site

SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes of test secret!").decode()


@pytest.fixture(scope="session")
def wordpress(tmp_path_factory):
    with site(tmp_path_factory.mktemp("wordpress")) as wordpress:
        yield wordpress


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """A real service that asks for keys and signs webhooks; ``key`` opens it."""
    folder = tmp_path_factory.mktemp("service")
    settings = {"keys": "on", "webhook_secret": SECRET, "webhook_hosts": "127.0.0.1"}
    keys = Keys(folder / "keys.sqlite")
    _, secret = keys.create("wordpress", "write")
    keys.close()
    with server(folder, **settings) as running:
        running.key = secret
        yield running


@pytest.fixture
def connected(wordpress, service):
    """The plugin's settings point to the service."""
    configure(wordpress, url=service.url, api_key=service.key, webhook_secret=SECRET)
    return wordpress


def configure(wordpress, **settings):
    facts = json.dumps({"lengths": ["short", "long"], "destination": "meta", **settings})
    wordpress.php(f"update_option( 'khulasa_settings', json_decode( '{facts}', true ) );")


def post(wordpress, text, title="عنوان الخبر", author=1):
    """A draft with this text; its id."""
    path = wordpress.root / "article.txt"
    path.write_text(json.dumps({"text": text, "title": title}), encoding="utf-8")
    return int(
        wordpress.php(
            f"$a = json_decode( file_get_contents( '{path}' ), true );"
            "echo wp_insert_post( wp_slash( array( 'post_title' => $a['title'],"
            f" 'post_content' => $a['text'], 'post_status' => 'draft', 'post_author' => {author}"
            " ) ) );"
        )
    )


def rest(wordpress, method, path, body=None, user=1, headers=None):
    """A request to WordPress' REST API as a user; its status and data."""
    given = json.dumps({"body": body or {}, "headers": headers or {}}, ensure_ascii=False)
    path_file = wordpress.root / "request.json"
    path_file.write_text(given, encoding="utf-8")
    printed = wordpress.php(
        f"$g = json_decode( file_get_contents( '{path_file}' ), true );"
        f"wp_set_current_user( {user} );"
        f"$r = new WP_REST_Request( '{method}', '{path}' );"
        "$r->set_header( 'content-type', 'application/json' );"
        "foreach ( $g['headers'] as $n => $v ) { $r->set_header( $n, $v ); }"
        "$r->set_body( is_string( $g['body'] ) ? $g['body'] : wp_json_encode( $g['body'] ) );"
        "$a = rest_do_request( $r );"
        "echo wp_json_encode( array( $a->get_status(), $a->get_data() ) );"
    )
    return tuple(json.loads(printed))

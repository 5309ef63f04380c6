"""An editor's day in the block editor and the classic one, in a real Chromium."""

import pytest

from tests.wordpress.conftest import SECRET, configure, post
from tests.wordpress.site import ADMIN

pytestmark = [pytest.mark.wordpress, pytest.mark.browser, pytest.mark.slow]

LONG_MS = 120_000


@pytest.fixture(scope="module")
def page(chromium, wordpress):
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(LONG_MS)  # the machine may be under load
    page.goto(f"{wordpress.url}/wp-login.php")
    page.fill("#user_login", ADMIN[0])
    page.fill("#user_pass", ADMIN[1])
    page.click("#wp-submit")
    page.wait_for_selector("#wpadminbar")
    yield page
    context.close()


def save(page):
    with page.expect_navigation():  # the page before may show the same notice
        page.click("#submit")
    page.wait_for_selector(".notice-success, #setting-error-settings_updated")


def test_settings_are_saved_the_key_is_never_shown_and_the_connection_tested(
    page, wordpress, service
):
    configure(wordpress, url="http://127.0.0.1:9")
    page.goto(f"{wordpress.url}/wp-admin/options-general.php?page=khulasa")
    page.fill("#khulasa-url", service.url)
    page.fill("#khulasa-api_key", service.key)
    page.fill("#khulasa-webhook_secret", SECRET)
    save(page)
    assert service.key not in page.content()
    assert SECRET not in page.content()
    page.click("#khulasa-test")
    page.wait_for_function(
        "document.getElementById('khulasa-test-result').textContent.includes('embedded')"
    )
    save(page)  # an empty secret keeps the stored one
    page.click("#khulasa-test")
    page.wait_for_function(
        "document.getElementById('khulasa-test-result').textContent.includes('embedded')"
    )


def open_editor(page, wordpress, post_id):
    page.goto(f"{wordpress.url}/wp-admin/post.php?post={post_id}&action=edit")
    page.wait_for_selector(".edit-post-header, #post")
    page.evaluate(
        "window.wp?.data?.dispatch('core/preferences')"
        "?.set('core/edit-post', 'welcomeGuide', false)"
    )


def test_the_seed_from_the_block_editor_to_the_public_page(page, connected, service, seed):
    configure(
        connected,
        url=service.url,
        api_key=service.key,
        webhook_secret=SECRET,
        destination="block",
        schema=True,
    )
    post_id = post(connected, seed)
    open_editor(page, connected, post_id)
    page.evaluate("wp.data.dispatch('core/edit-post').openGeneralSidebar('khulasa/khulasa')")
    page.click(".khulasa-begin")
    field = page.wait_for_selector(f"#khulasa-{post_id}-ar-short")
    assert field.get_attribute("dir") == "rtl"
    assert "ماسك" in field.input_value()
    field.fill("خلاصة المحرر: ماسك على تواصل مع بوتين.")
    page.click('[data-summary="ar-short"]')
    page.wait_for_selector(".wp-block-khulasa-summary")
    page.click('[data-summary="en-short"]')
    page.wait_for_function("document.querySelectorAll('.wp-block-khulasa-summary').length === 2")
    assert connected.php(f"echo get_post_status( {post_id} );") == "draft"
    page.evaluate("wp.data.dispatch('core/editor').editPost({ status: 'publish' })")
    page.evaluate("wp.data.dispatch('core/editor').savePost()")
    page.goto(f"{connected.url}/?p={post_id}")
    arabic = page.wait_for_selector('section.wp-block-khulasa-summary[lang="ar"]')
    assert arabic.get_attribute("dir") == "rtl"
    assert "خلاصة المحرر" in arabic.inner_text()
    right = page.evaluate("e => getComputedStyle(e).textAlign", arabic)
    assert right in {"start", "right"}
    english = page.query_selector('section.wp-block-khulasa-summary[lang="en"]')
    assert english.get_attribute("dir") == "ltr"
    assert '"abstract"' in page.content()


def test_the_classic_editor_has_the_same_panel_and_fills_the_excerpt(
    page, connected, service, english
):
    plugins = connected.root / "wp-content/mu-plugins"
    plugins.mkdir(exist_ok=True)
    classic = plugins / "classic.php"
    classic.write_text("<?php add_filter( 'use_block_editor_for_post', '__return_false' );")
    configure(connected, url=service.url, api_key=service.key, destination="excerpt")
    try:
        post_id = post(connected, english, "A headline")
        open_editor(page, connected, post_id)
        page.click(".khulasa-begin")
        field = page.wait_for_selector(f"#khulasa-{post_id}-en-short")
        text = field.input_value()
        page.click('[data-summary="en-short"]')
        page.wait_for_selector(".khulasa-accepted")
        assert page.input_value("#excerpt") == text
    finally:
        classic.unlink()


def test_a_service_that_is_down_is_said_and_breaks_nothing(page, connected, english):
    configure(connected, url="http://127.0.0.1:9")
    post_id = post(connected, english, "A headline")
    open_editor(page, connected, post_id)
    page.evaluate("wp.data.dispatch('core/edit-post').openGeneralSidebar('khulasa/khulasa')")
    page.click(".khulasa-begin")
    notice = page.wait_for_selector(".khulasa-notice.is-error")
    assert "cannot be reached" in notice.inner_text()

"""A real WordPress of the test's own: Debian's files, a database in MariaDB, PHP's own server."""

import os
import secrets
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.services import absent, free_port, listens, until

DEBIAN = Path("/usr/share/wordpress")
PLUGIN = Path("integrations/wordpress/khulasa").resolve()
ADMIN = ("editor_in_chief", "a long password, 12")
CONTRIBUTOR = ("contributor", "another password, 34")

_CONFIG = """<?php
define( 'DB_NAME', '{database}' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '{host}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
{salts}
$table_prefix = 'wp_';
define( 'WP_HOME', 'http://127.0.0.1:{port}' );
define( 'WP_SITEURL', 'http://127.0.0.1:{port}' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', '{log}' );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1' );
define( 'FS_METHOD', 'direct' );
if ( ! defined( 'ABSPATH' ) ) {{ define( 'ABSPATH', __DIR__ . '/' ); }}
require_once ABSPATH . 'wp-settings.php';
"""
_SALTS = ("AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE")
_INSTALL = """
define( 'WP_INSTALLING', true );
require '{root}/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_install( 'Newsroom', '{admin}', 'editor@example.org', false, '', '{password}' );
activate_plugin( 'khulasa/khulasa.php' );
wp_insert_user( array( 'user_login' => '{contributor}', 'user_pass' => '{contributor_password}',
    'role' => 'contributor' ) );
switch_theme( '{theme}' );
update_option( 'permalink_structure', '' );
"""
# Requests for what is no file go to WordPress, as a web server's rewrite rule would send them.
_ROUTER = """<?php
$path = __DIR__ . parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( is_dir( $path ) ) { $path = rtrim( $path, '/' ) . '/index.php'; }
if ( is_file( $path ) && ! str_ends_with( $path, '.php' ) ) { return false; }
if ( is_file( $path ) ) {
    $_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = substr( $path, strlen( __DIR__ ) );
    chdir( dirname( $path ) );
    require $path;
    return true;
}
chdir( __DIR__ );
require __DIR__ . '/index.php';
"""


class Site:
    """An installed WordPress with the plugin active."""

    def __init__(self, folder):
        self.root, self.log = folder / "wordpress", folder / "debug.log"
        self.port, self.database = free_port(), f"khulasa_test_{secrets.token_hex(4)}"
        self._server = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def install(self):
        _copy(self.root)
        _mysql(f"CREATE DATABASE {self.database} CHARACTER SET utf8mb4")
        (self.root / "router.php").write_text(_ROUTER)
        (self.root / "wp-config.php").write_text(
            _CONFIG.format(
                database=self.database,
                host=_database_host(),
                port=self.port,
                log=self.log,
                salts="\n".join(
                    f"define( '{name}_{kind}', '{secrets.token_hex(32)}' );"
                    for name in _SALTS
                    for kind in ("KEY", "SALT")
                ),
            )
        )
        themes = sorted(path.name for path in (self.root / "wp-content/themes").iterdir())
        self.php(
            _INSTALL.format(
                root=self.root,
                admin=ADMIN[0],
                password=ADMIN[1],
                contributor=CONTRIBUTOR[0],
                contributor_password=CONTRIBUTOR[1],
                theme=next(name for name in themes if name.startswith("twenty")),
            ),
            load=False,
        )

    def start(self):
        self._server = subprocess.Popen(
            ["php", "-S", f"127.0.0.1:{self.port}", "-t", str(self.root), "router.php"],
            cwd=self.root,
            env={**os.environ, "PHP_CLI_SERVER_WORKERS": "6"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: listens(self.port))

    def stop(self):
        if self._server:
            subprocess.run(["pkill", "-P", str(self._server.pid)], check=False)
            self._server.kill()
            self._server.wait()
        _mysql(f"DROP DATABASE IF EXISTS {self.database}")

    def php(self, code, load=True):
        """Run PHP inside WordPress; what it prints."""
        if load:
            code = f"require '{self.root}/wp-load.php';\n{code}"
        done = subprocess.run(
            ["php", "-d", "display_errors=stderr", "-r", code],
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            env={**os.environ, "HTTP_HOST": f"127.0.0.1:{self.port}"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def cron(self):
        """What WP-Cron would do now, its waiting times passed."""
        self.php(
            "foreach ( _get_cron_array() as $at => $hooks ) foreach ( $hooks as $hook => $events )"
            " foreach ( $events as $event ) if ( 'khulasa_look_after_job' === $hook ) {"
            " wp_unschedule_event( $at, $hook, $event['args'] );"
            " do_action_ref_array( $hook, $event['args'] ); }"
        )

    def logged(self):
        """Everything that PHP and WordPress have logged."""
        return self.log.read_text("utf-8") if self.log.exists() else ""


def _copy(root):
    content = Path("/var/lib/wordpress/wp-content")
    shutil.copytree(DEBIAN, root, ignore=shutil.ignore_patterns("wp-config.php", ".htaccess"))
    for folder in ("themes", "plugins", "uploads", "languages"):
        (root / "wp-content" / folder).mkdir(parents=True, exist_ok=True)
    for theme in (content / "themes").glob("twenty*"):
        target = root / "wp-content" / "themes" / theme.name
        if not target.exists():
            shutil.copytree(theme, target)
    (root / "wp-content" / "plugins" / "khulasa").symlink_to(PLUGIN)


def _database_host():
    socket = Path("/run/mysqld/mysqld.sock")
    return f"localhost:{socket}" if socket.exists() else "127.0.0.1"


def _mysql(statement):
    subprocess.run(["mysql", "-uroot", "-e", statement], check=True, capture_output=True)


@contextmanager
def site(folder):
    for command in ("php", "mysql"):
        if shutil.which(command) is None:
            absent(f"{command} is not installed")
    if not DEBIAN.is_dir():
        absent("Debian's wordpress is not installed")
    wordpress = Site(folder)
    try:
        wordpress.install()
        wordpress.start()
        yield wordpress
    finally:
        wordpress.stop()


def wait_for_cron(wordpress, condition, seconds=60):
    """Let WP-Cron look after jobs until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        wordpress.cron()
        time.sleep(0.3)

<?php
/**
 * Wires the parts to WordPress: each registers its own hooks.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * The plugin's beginning.
 */
final class Plugin {

	/**
	 * Load the translations and let every part register itself.
	 */
	public static function start(): void {
		add_action(
			'init',
			static function () {
				load_plugin_textdomain( 'khulasa', false, dirname( plugin_basename( FILE ) ) . '/languages' );
			},
			1
		);
		foreach ( array( Settings::class, Meta::class, Rest::class, Jobs::class, Webhook::class, Editor::class, Meta_Box::class, Summary_Block::class, Schema::class, Bulk::class ) as $part ) {
			$part::register();
		}
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			\WP_CLI::add_command( 'khulasa', Command::class );
		}
	}
}

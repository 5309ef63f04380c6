<?php
/**
 * The panel of the block editor.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Enqueues the sidebar; what it does is in assets/panel.js, which the classic editor uses as well.
 */
final class Editor {

	/**
	 * Register on enqueue_block_editor_assets.
	 */
	public static function register(): void {
		add_action( 'enqueue_block_editor_assets', array( self::class, 'enqueue' ) );
	}

	/**
	 * The sidebar's scripts and style.
	 */
	public static function enqueue(): void {
		$screen = get_current_screen();
		if ( ! $screen || ! in_array( $screen->post_type, Meta::types(), true ) ) {
			return;
		}
		self::enqueue_panel();
		wp_enqueue_script( 'khulasa-sidebar', plugins_url( 'assets/sidebar.js', FILE ), array( 'khulasa-panel', 'wp-plugins', 'wp-edit-post', 'wp-element', 'wp-data', 'wp-blocks', 'wp-i18n' ), VERSION, true );
		wp_set_script_translations( 'khulasa-sidebar', 'khulasa', plugin_dir_path( FILE ) . 'languages' );
	}

	/**
	 * What both editors share.
	 */
	public static function enqueue_panel(): void {
		wp_enqueue_style( 'khulasa-panel', plugins_url( 'assets/panel.css', FILE ), array(), VERSION );
		wp_enqueue_script( 'khulasa-panel', plugins_url( 'assets/panel.js', FILE ), array( 'wp-api-fetch', 'wp-i18n', 'wp-a11y' ), VERSION, true );
		wp_set_script_translations( 'khulasa-panel', 'khulasa', plugin_dir_path( FILE ) . 'languages' );
		wp_localize_script(
			'khulasa-panel',
			'khulasaSettings',
			array(
				'destination' => Settings::get( 'destination' ),
				'interface'   => 0 === strpos( get_user_locale(), 'ar' ) ? 'ar' : 'en',
			)
		);
	}
}

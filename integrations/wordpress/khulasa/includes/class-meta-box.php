<?php
/**
 * The meta box of the classic editor.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * The same panel, in a box.
 */
final class Meta_Box {

	/**
	 * Register on add_meta_boxes.
	 */
	public static function register(): void {
		add_action( 'add_meta_boxes', array( self::class, 'add' ), 10, 2 );
	}

	/**
	 * Add the box where the classic editor is in use.
	 *
	 * @param string $type The post type.
	 * @param mixed  $post The post, or a comment.
	 */
	public static function add( $type, $post ): void {
		if ( ! $post instanceof \WP_Post || ! in_array( $type, Meta::types(), true ) || use_block_editor_for_post( $post ) ) {
			return;
		}
		add_meta_box( 'khulasa', __( 'Khulasa', 'khulasa' ), array( self::class, 'render' ), $type, 'normal', 'high' );
	}

	/**
	 * The box: the panel fills it.
	 *
	 * @param \WP_Post $post The post.
	 */
	public static function render( \WP_Post $post ): void {
		Editor::enqueue_panel();
		wp_enqueue_script( 'khulasa-classic', plugins_url( 'assets/classic.js', FILE ), array( 'khulasa-panel' ), VERSION, true );
		printf( '<div id="khulasa-classic" data-post="%d"></div>', (int) $post->ID );
	}
}

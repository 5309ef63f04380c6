<?php
/**
 * The block "Article summary".
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Shows an accepted summary; rendered on the server, so that it is always the accepted one.
 */
final class Summary_Block {

	/**
	 * Register on init.
	 */
	public static function register(): void {
		add_action( 'init', array( self::class, 'register_block' ) );
	}

	/**
	 * The block, its editor script and its style.
	 */
	public static function register_block(): void {
		wp_register_script( 'khulasa-block', plugins_url( 'assets/block.js', FILE ), array( 'wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components', 'wp-server-side-render', 'wp-i18n' ), VERSION, true );
		wp_set_script_translations( 'khulasa-block', 'khulasa', plugin_dir_path( FILE ) . 'languages' );
		wp_register_style( 'khulasa-block', plugins_url( 'assets/block.css', FILE ), array(), VERSION );
		register_block_type(
			'khulasa/summary',
			array(
				'api_version'     => 2,
				'title'           => __( 'Article summary', 'khulasa' ),
				'category'        => 'text',
				'icon'            => 'excerpt-view',
				'attributes'      => array(
					'length'   => array(
						'type'    => 'string',
						'enum'    => array( 'short', 'long' ),
						'default' => 'short',
					),
					'language' => array(
						'type'    => 'string',
						'enum'    => array( 'ar', 'en' ),
						'default' => 'ar',
					),
				),
				'uses_context'    => array( 'postId' ),
				'supports'        => array( 'html' => false ),
				'editor_script'   => 'khulasa-block',
				'style'           => 'khulasa-block',
				'render_callback' => array( self::class, 'render' ),
			)
		);
	}

	/**
	 * The summary as HTML; nothing where none was accepted.
	 *
	 * @param array<string, string> $attributes length, language.
	 * @param string                $content    Unused: the block saves nothing.
	 * @param \WP_Block|null        $block      The block, with its context.
	 */
	public static function render( array $attributes, string $content = '', $block = null ): string {
		unset( $content );
		$post_id  = (int) ( $block->context['postId'] ?? get_the_ID() );
		$length   = 'long' === ( $attributes['length'] ?? '' ) ? 'long' : 'short';
		$language = 'en' === ( $attributes['language'] ?? '' ) ? 'en' : 'ar';
		$text     = (string) get_post_meta( $post_id, Meta::key( $length, $language ), true );
		if ( '' === $text ) {
			return '';
		}
		$direction = 'ar' === $language ? 'rtl' : 'ltr';
		$label     = 'ar' === $language ? 'الخلاصة' : 'Summary';
		return sprintf(
			'<section class="wp-block-khulasa-summary" lang="%1$s" dir="%2$s" aria-label="%3$s"><p class="khulasa-label">%3$s</p><p>%4$s</p></section>',
			esc_attr( $language ),
			esc_attr( $direction ),
			esc_attr( $label ),
			esc_html( $text )
		);
	}
}

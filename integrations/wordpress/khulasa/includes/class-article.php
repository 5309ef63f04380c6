<?php
/**
 * A post as the service reads it.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * What is sent of a post, and how its change is noticed.
 */
final class Article {

	/**
	 * The request body for a post, without blocks of our own (a summary is no part of the article).
	 *
	 * @param \WP_Post $post The post.
	 * @return array<string, mixed>
	 */
	public static function of( \WP_Post $post ): array {
		return array(
			'html'    => self::html( $post ),
			'title'   => self::plain( $post->post_title ),
			'lengths' => Settings::get( 'lengths' ),
		);
	}

	/**
	 * Names the text that summaries belong to: equal as long as title and content are.
	 *
	 * @param \WP_Post $post The post.
	 */
	public static function hash( \WP_Post $post ): string {
		return hash( 'sha256', $post->post_title . "\n" . self::without_summaries( $post->post_content ) );
	}

	/**
	 * The post's content as a page, paragraphs marked, shortcodes gone.
	 *
	 * @param \WP_Post $post The post.
	 */
	private static function html( \WP_Post $post ): string {
		$content = strip_shortcodes( self::without_summaries( $post->post_content ) );
		$content = preg_replace( '/<!--\s*\/?wp:.*?-->/s', '', $content );
		return '<!doctype html><html><body><article>' . wpautop( wp_kses_post( (string) $content ) ) . '</article></body></html>';
	}

	/**
	 * The content without our own blocks.
	 *
	 * @param string $content Post content.
	 */
	private static function without_summaries( string $content ): string {
		return (string) preg_replace( '/<!--\s*wp:khulasa\/summary\b.*?\/-->\s*/s', '', $content );
	}

	/**
	 * Text without tags and entities.
	 *
	 * @param string $text Text.
	 */
	private static function plain( string $text ): string {
		return trim( html_entity_decode( wp_strip_all_tags( $text ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
	}
}

<?php
/**
 * The accepted short summary for search engines.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Adds schema.org's abstract, where the site wants it.
 */
final class Schema {

	/**
	 * Register on wp_head.
	 */
	public static function register(): void {
		add_action( 'wp_head', array( self::class, 'print' ) );
	}

	/**
	 * One script of JSON-LD on a post's own page.
	 */
	public static function print(): void {
		if ( ! is_singular( Meta::types() ) || ! Settings::get( 'schema' ) ) {
			return;
		}
		$abstracts = array();
		foreach ( array( 'ar', 'en' ) as $language ) {
			$text = (string) get_post_meta( get_the_ID(), Meta::key( 'short', $language ), true );
			if ( '' !== $text ) {
				$abstracts[] = array(
					'@value'    => $text,
					'@language' => $language,
				);
			}
		}
		if ( ! $abstracts ) {
			return;
		}
		$article = array(
			'@context' => 'https://schema.org',
			'@type'    => 'Article',
			'@id'      => get_permalink() . '#article',
			'headline' => html_entity_decode( get_the_title(), ENT_QUOTES | ENT_HTML5, 'UTF-8' ),
			'abstract' => $abstracts,
		);
		// JSON_HEX_TAG keeps "</script>" out of the script.
		printf( "<script type=\"application/ld+json\">%s</script>\n", wp_json_encode( $article, JSON_HEX_TAG | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ) ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- JSON, tags escaped.
	}
}

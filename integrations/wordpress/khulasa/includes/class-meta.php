<?php
/**
 * What is kept with a post.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * The post meta of the plugin.
 *
 * Accepted summaries (khulasa_short_ar, …) are public and in the REST API, for headless sites. What
 * an editor works with (_khulasa_*) is protected.
 */
final class Meta {

	const DRAFT = '_khulasa_draft';
	const JOB   = '_khulasa_job';
	const TYPES = array( 'post', 'page' );

	/**
	 * The keys of accepted summaries.
	 *
	 * @return string[]
	 */
	public static function accepted_keys(): array {
		return array( 'khulasa_short_ar', 'khulasa_short_en', 'khulasa_long_ar', 'khulasa_long_en' );
	}

	/**
	 * The key of one accepted summary.
	 *
	 * @param string $length   short or long.
	 * @param string $language ar or en.
	 */
	public static function key( string $length, string $language ): string {
		return 'khulasa_' . $length . '_' . $language;
	}

	/**
	 * Register on init.
	 */
	public static function register(): void {
		add_action( 'init', array( self::class, 'register_keys' ) );
	}

	/**
	 * Make the accepted summaries known to WordPress and its REST API.
	 */
	public static function register_keys(): void {
		foreach ( self::types() as $type ) {
			foreach ( self::accepted_keys() as $key ) {
				register_post_meta(
					$type,
					$key,
					array(
						'type'              => 'string',
						'single'            => true,
						'show_in_rest'      => true,
						'sanitize_callback' => 'sanitize_textarea_field',
						'auth_callback'     => static function ( $allowed, $meta_key, $post_id ) {
							return current_user_can( 'edit_post', $post_id );
						},
					)
				);
			}
		}
	}

	/**
	 * The post types that have summaries.
	 *
	 * @return string[]
	 */
	public static function types(): array {
		/**
		 * Filters the post types that have summaries.
		 *
		 * @param string[] $types Names of post types.
		 */
		return (array) apply_filters( 'khulasa_post_types', self::TYPES );
	}

	/**
	 * The summaries that wait for an editor: hash of the text they are of, and the Digest's parts.
	 *
	 * @param int $post_id The post.
	 * @return array<string, mixed>|null
	 */
	public static function draft( int $post_id ): ?array {
		$stored = json_decode( (string) get_post_meta( $post_id, self::DRAFT, true ), true );
		return is_array( $stored ) ? $stored : null;
	}

	/**
	 * Keep a Digest for the editor.
	 *
	 * @param \WP_Post             $post   The post.
	 * @param array<string, mixed> $digest The service's answer.
	 */
	public static function keep_draft( \WP_Post $post, array $digest ): void {
		$before = self::draft( $post->ID );
		$kept   = array(
			'hash'        => Article::hash( $post ),
			'id'          => $digest['id'],
			'previous'    => $before && $before['id'] !== $digest['id'] ? $before['id'] : ( $before['previous'] ?? null ),
			'language'    => $digest['language']['code'],
			'summaries'   => $digest['summaries'],
			'translation' => array(
				'language' => $digest['translation']['language'],
				'title'    => $digest['translation']['title'],
				'text'     => $digest['translation']['text'],
			),
			'flags'       => $digest['flags'],
			'signature'   => $digest['signature'],
		);
		update_post_meta( $post->ID, self::DRAFT, wp_slash( wp_json_encode( $kept, JSON_UNESCAPED_UNICODE ) ) );
		delete_post_meta( $post->ID, self::JOB );
	}

	/**
	 * What the editor's panel shows of a post.
	 *
	 * @param \WP_Post $post The post.
	 * @return array<string, mixed>
	 */
	public static function state( \WP_Post $post ): array {
		$draft    = self::draft( $post->ID );
		$accepted = array();
		foreach ( self::accepted_keys() as $key ) {
			$accepted[ $key ] = (string) get_post_meta( $post->ID, $key, true );
		}
		return array(
			'job'      => self::job( $post->ID ),
			'draft'    => $draft,
			'stale'    => $draft && Article::hash( $post ) !== $draft['hash'],
			'accepted' => $accepted,
			'lengths'  => Settings::get( 'lengths' ),
		);
	}

	/**
	 * The job that is under way.
	 *
	 * @param int $post_id The post.
	 * @return array<string, mixed>|null
	 */
	public static function job( int $post_id ): ?array {
		$stored = json_decode( (string) get_post_meta( $post_id, self::JOB, true ), true );
		return is_array( $stored ) ? $stored : null;
	}

	/**
	 * Note a job, how far it is, or what went wrong with it.
	 *
	 * @param int                  $post_id The post.
	 * @param array<string, mixed> $job     id, stage, done, total, error.
	 */
	public static function keep_job( int $post_id, array $job ): void {
		update_post_meta( $post_id, self::JOB, wp_slash( wp_json_encode( $job, JSON_UNESCAPED_UNICODE ) ) );
	}
}

<?php
/**
 * The WP-CLI command.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Summaries of articles by Khulasa.
 */
final class Command {

	/**
	 * Summarizes posts; run again to go on, what is done is passed over.
	 *
	 * ## OPTIONS
	 *
	 * [--post__in=<ids>]
	 * : Ids of posts, by comma. Without it: all published posts.
	 *
	 * [--force]
	 * : Summarize again what has summaries of its present text.
	 *
	 * [--accept]
	 * : Accept the summaries as they are, where no summary was accepted before.
	 *
	 * @param string[]              $args       Unused.
	 * @param array<string, string> $assoc_args The options.
	 */
	public function summarize( $args, $assoc_args ): void {
		$ids    = self::ids( (string) ( $assoc_args['post__in'] ?? '' ) );
		$bar    = \WP_CLI\Utils\make_progress_bar( 'Khulasa', count( $ids ) );
		$failed = 0;
		foreach ( $ids as $id ) {
			$done = self::one( (int) $id, isset( $assoc_args['force'] ), isset( $assoc_args['accept'] ) );
			if ( is_wp_error( $done ) ) {
				++$failed;
				\WP_CLI::warning( "post $id: " . $done->get_error_message() );
			}
			$bar->tick();
		}
		$bar->finish();
		if ( $failed ) {
			\WP_CLI::error( "$failed of " . count( $ids ) . ' posts failed' );
		}
		\WP_CLI::success( count( $ids ) . ' posts are summarized' );
	}

	/**
	 * One post.
	 *
	 * @param int  $id     The post.
	 * @param bool $force  Even if it is done.
	 * @param bool $accept Accept what came.
	 * @return true|\WP_Error
	 */
	private static function one( int $id, bool $force, bool $accept ) {
		$post = get_post( $id );
		if ( ! $post ) {
			return new \WP_Error( 'khulasa_no_post', 'there is no such post' );
		}
		if ( $force || ! Bulk::is_done( $post ) ) {
			$done = Summarizer::summarize( $post, true );
			if ( is_wp_error( $done ) ) {
				return $done;
			}
		}
		return $accept ? self::accept( $post ) : true;
	}

	/**
	 * Accept a post's summaries where none was accepted before.
	 *
	 * @param \WP_Post $post The post.
	 */
	private static function accept( \WP_Post $post ): bool {
		$draft = Meta::draft( $post->ID );
		foreach ( $draft ? $draft['summaries'] : array() as $language => $by_length ) {
			foreach ( $by_length as $length => $summary ) {
				$key = Meta::key( $length, $language );
				if ( '' === (string) get_post_meta( $post->ID, $key, true ) ) {
					update_post_meta( $post->ID, $key, wp_slash( $summary['text'] ) );
				}
			}
		}
		return true;
	}

	/**
	 * The posts that are meant.
	 *
	 * @param string $given Ids by comma, or nothing.
	 * @return int[]
	 */
	private static function ids( string $given ): array {
		if ( '' !== $given ) {
			return wp_parse_id_list( $given );
		}
		return get_posts(
			array(
				'post_type'   => Meta::types(),
				'post_status' => 'publish',
				'fields'      => 'ids',
				'numberposts' => -1,
				'orderby'     => 'ID',
			)
		);
	}
}

<?php
/**
 * The bulk action of the list of posts.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * Begins a job for each chosen post that has no summaries of its present text.
 */
final class Bulk {

	const ACTION = 'khulasa_summarize';

	/**
	 * Register for every post type.
	 */
	public static function register(): void {
		add_action(
			'admin_init',
			static function () {
				foreach ( Meta::types() as $type ) {
					add_filter( "bulk_actions-edit-$type", array( self::class, 'offer' ) );
					add_filter( "handle_bulk_actions-edit-$type", array( self::class, 'handle' ), 10, 3 );
				}
			}
		);
		add_action( 'admin_notices', array( self::class, 'notice' ) );
	}

	/**
	 * Offer the action.
	 *
	 * @param array<string, string> $actions The list's actions.
	 * @return array<string, string>
	 */
	public static function offer( array $actions ): array {
		$actions[ self::ACTION ] = __( 'Summarize with Khulasa', 'khulasa' );
		return $actions;
	}

	/**
	 * Do it. WordPress has checked the nonce of the list.
	 *
	 * @param string $redirect Where to go then.
	 * @param string $action   The chosen action.
	 * @param int[]  $post_ids The chosen posts.
	 */
	public static function handle( string $redirect, string $action, array $post_ids ): string {
		if ( self::ACTION !== $action ) {
			return $redirect;
		}
		$begun  = 0;
		$failed = 0;
		foreach ( $post_ids as $post_id ) {
			$post = current_user_can( 'edit_post', $post_id ) ? get_post( $post_id ) : null;
			if ( ! $post || self::is_done( $post ) ) {
				continue;
			}
			if ( is_wp_error( Summarizer::summarize( $post, false ) ) ) {
				++$failed;
			} else {
				++$begun;
			}
		}
		return add_query_arg(
			array(
				'khulasa_begun'  => $begun,
				'khulasa_failed' => $failed,
			),
			$redirect
		);
	}

	/**
	 * Whether a post has summaries of its present text, or a job for them.
	 *
	 * @param \WP_Post $post The post.
	 */
	public static function is_done( \WP_Post $post ): bool {
		$draft = Meta::draft( $post->ID );
		$job   = Meta::job( $post->ID );
		return ( $job && ! isset( $job['error'] ) ) || ( $draft && Article::hash( $post ) === $draft['hash'] );
	}

	/**
	 * Say what was begun.
	 */
	public static function notice(): void {
		if ( ! isset( $_GET['khulasa_begun'], $_GET['khulasa_failed'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- two numbers are shown, nothing is done.
			return;
		}
		$begun  = absint( $_GET['khulasa_begun'] ); // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- as above.
		$failed = absint( $_GET['khulasa_failed'] ); // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- as above.
		/* translators: %d: number of posts. */
		$text = sprintf( _n( 'Khulasa works on %d post.', 'Khulasa works on %d posts.', $begun, 'khulasa' ), $begun );
		if ( $failed ) {
			/* translators: %d: number of posts. */
			$text .= ' ' . sprintf( _n( '%d post could not be sent.', '%d posts could not be sent.', $failed, 'khulasa' ), $failed );
		}
		printf( '<div class="notice %s is-dismissible"><p>%s</p></div>', $failed ? 'notice-warning' : 'notice-success', esc_html( $text ) );
	}
}

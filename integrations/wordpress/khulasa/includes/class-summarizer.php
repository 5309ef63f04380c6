<?php
/**
 * From a post to its summaries: at once, or by a job.
 *
 * @package Khulasa
 */

namespace Khulasa;

defined( 'ABSPATH' ) || exit;

/**
 * What the editor, the bulk action and the command line share.
 */
final class Summarizer {

	/**
	 * Ask for a post's summaries.
	 *
	 * @param \WP_Post $post The post.
	 * @param bool     $wait Whether to wait; else a job is begun.
	 * @return true|\WP_Error True when there is a draft or a job.
	 */
	public static function summarize( \WP_Post $post, bool $wait ) {
		$article = Article::of( $post );
		if ( ! $wait && Settings::get( 'webhook_secret' ) ) {
			$article['webhook'] = Webhook::url();
		}
		$answer = Client::digest( $article, $wait );
		if ( is_wp_error( $answer ) && isset( $article['webhook'] ) && 'khulasa_malformed' === $answer->get_error_code() ) {
			// The service takes no webhook to this site: WP-Cron looks instead.
			unset( $article['webhook'] );
			$answer = Client::digest( $article, $wait );
		}
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		if ( isset( $answer['job'] ) ) {
			Jobs::begin( $post->ID, $answer['job'] );
			return true;
		}
		Meta::keep_draft( $post, $answer );
		return true;
	}

	/**
	 * Take the Digest of a finished job.
	 *
	 * @param \WP_Post $post       The post.
	 * @param string   $article_id The Digest's id.
	 * @return true|\WP_Error
	 */
	public static function fetch( \WP_Post $post, string $article_id ) {
		$digest = Client::article( $article_id );
		if ( is_wp_error( $digest ) ) {
			return $digest;
		}
		Meta::keep_draft( $post, $digest );
		return true;
	}
}
